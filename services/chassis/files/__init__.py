"""Files: kept encrypted, spreadsheets read and written, foreign files parsed in a process of their own."""
