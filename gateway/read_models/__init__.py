"""Read models built from events in the gateway's own database: what pages show without asking a service.

Handlers that copy state ignore older events: every row has the sequence of its subject.
"""
