"""Birthday care (生日慰问): monthly lists, each member once a year, vouchers, collection."""
