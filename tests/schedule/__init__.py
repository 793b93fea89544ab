"""Tests of haitang/schedule."""
