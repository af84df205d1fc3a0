"""Where services become processes: command line, runners, demo union, documents. Nothing imports from here."""
