"""What the gateway promises programs over HTTP: signing in, who one is, and the views put together from events."""
