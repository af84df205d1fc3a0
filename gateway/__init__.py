"""The gateway: HTTP API, portal, identity, and read models built from events. It calls services by RPC."""
