"""The copy of the members that votes, delegates and filings are decided by."""
