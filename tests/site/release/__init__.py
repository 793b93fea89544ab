"""Tests of haitang/site/exports/release."""
