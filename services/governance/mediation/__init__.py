"""Mediation of labour disputes: for few people only, on a clock."""
