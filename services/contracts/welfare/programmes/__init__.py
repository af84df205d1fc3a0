"""Goods for the holidays (节日慰问品): programmes, their cycles, packages, entitlements and hand-outs."""
