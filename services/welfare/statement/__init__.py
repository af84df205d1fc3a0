"""Statements of benefits: what a member had, has, will lose and was refused, as it stood on any day."""
