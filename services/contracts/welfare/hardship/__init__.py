"""Contracts of hardship (困难帮扶): the registry of members in hardship, applications for aid, evidence, decisions."""
