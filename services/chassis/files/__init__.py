"""Files: encrypted storage, reading and writing spreadsheets, parsing untrusted files in a separate process."""
