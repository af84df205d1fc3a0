"""How many codes one client may have read, for pages and API alike."""

SCANS = "600/minute"
"""Of one account, or without sign-in of one address; a gate where cards are checked has one address."""
PHOTOS = "30/minute"
"""Photos of one account: decoding one takes up to a second of a processor."""
