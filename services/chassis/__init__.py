"""Technical code that all services share: transactions, RPC, events, storage. Knows no service and no rule."""
