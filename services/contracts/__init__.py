"""What services promise each other and outsiders: operations, resources and events, one package per service."""
