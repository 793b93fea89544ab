"""Tests of haitang/editors."""
