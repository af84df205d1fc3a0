"""What can be done with disclosures."""
