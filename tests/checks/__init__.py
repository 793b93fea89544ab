"""Tests of haitang/checks."""
