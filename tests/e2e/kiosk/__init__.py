"""Tests of the kiosk in a real browser."""
