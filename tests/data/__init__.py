"""Tests of haitang/data."""
