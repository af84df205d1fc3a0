"""Facts of members for the decisions of other services, and the log of their use."""
