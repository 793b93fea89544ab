"""Tests of haitang/model."""
