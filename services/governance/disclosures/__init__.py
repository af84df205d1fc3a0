"""Disclosure of the union's money (经费公开): figures of the ledger, audited, open to all members, with questions."""
