"""Hardship (困难帮扶): the registry with its yearly review, applications for aid, papers for few, the decision."""
