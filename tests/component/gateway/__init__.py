"""The gateway's own database on PostgreSQL and SQLite: views built from events, in any order and more than once."""
