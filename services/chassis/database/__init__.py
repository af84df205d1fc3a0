"""The database: engine and sessions, transactions, bulk statements, pages, leases, histories, migrations."""
