"""Read models built from events in the gateway's own database: what pages show without asking a service.

Handlers that copy state ignore what is older than what they have: every row keeps the sequence of its subject.
"""
