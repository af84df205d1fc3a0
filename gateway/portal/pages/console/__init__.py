"""The console: the pages officers, unit chairs and auditors work with."""
