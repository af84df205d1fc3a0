"""节日慰问品 Goods for the holidays: programme, cycle, list, packages, choosing, hand-out, reconciliation."""
