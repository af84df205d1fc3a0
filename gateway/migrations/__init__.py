"""How the gateway's own database came to be what it is. Never edited once released."""
