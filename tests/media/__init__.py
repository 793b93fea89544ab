"""Tests of haitang/media."""
