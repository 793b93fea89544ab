"""Tests of haitang/site."""
