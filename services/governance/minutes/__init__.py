"""Minutes as revisions: what meetings and sessions of the congress share."""
