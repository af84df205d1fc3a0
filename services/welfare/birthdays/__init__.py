"""Birthday care (生日慰问): the month's list once each per member and year, vouchers, collection."""
