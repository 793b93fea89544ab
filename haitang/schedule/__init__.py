"""Chinese text about time → rules → days. Imports core."""
