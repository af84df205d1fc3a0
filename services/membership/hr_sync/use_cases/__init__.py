"""What is done with HR's records: received, fetched, compared, applied, dismissed."""
