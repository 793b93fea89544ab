"""The Excel door: entries → a workbook, and a workbook or CSV somebody filled in → changed files."""
