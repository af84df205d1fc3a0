"""The HTTP API: tables of routes, which the subjects take in and `gateway.http.routes` makes into views."""
