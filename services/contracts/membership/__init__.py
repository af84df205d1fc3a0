"""Contracts of membership: organisation, joining, record, standing, dues."""
