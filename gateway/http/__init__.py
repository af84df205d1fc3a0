"""HTTP: routes, request parsing, problems, API documents, rate limits, headers."""
