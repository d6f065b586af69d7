"""Arrays and files: knows rows, not meaning."""
