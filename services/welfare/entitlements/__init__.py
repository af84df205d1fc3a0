"""Entitlements (福利账户): one account per member and year, each figure explained by the rule in force."""
