"""What is done about retirement; `confirming` and `dates` are for HR sync."""
