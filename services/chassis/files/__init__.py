"""Files: encrypted storage, spreadsheets, codes in photos, parsing untrusted files in a separate process."""
