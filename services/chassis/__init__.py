"""Mechanics every service stands on: transactions, RPC, events, storage. Knows no service and no rule of the union."""
