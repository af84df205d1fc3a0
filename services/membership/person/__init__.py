"""What a person states about himself: forms, checks, search keys. No table of its own."""
