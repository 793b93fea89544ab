"""Tests of haitang/cli."""
