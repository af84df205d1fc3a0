"""Identity: accounts, passwords, sessions, roles of the day, throttling. Not: what a role may do (contracts)."""
