"""Tests of haitang/source."""
