"""Tests of haitang/geo."""
