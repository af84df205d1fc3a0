"""Membership on real databases, and on a real broker where the flow needs one."""
