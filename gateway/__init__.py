"""HTTP outside, RPC and events inside: the API, the portal, who is signed in, and views built from events."""
