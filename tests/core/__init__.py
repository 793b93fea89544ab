"""Tests of haitang/core."""
