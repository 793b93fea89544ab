"""Tests of haitang/kiosk."""
