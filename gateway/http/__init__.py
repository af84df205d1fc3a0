"""HTTP: a request becomes an operation, its answer or a problem; documents, limits, what every answer carries."""
