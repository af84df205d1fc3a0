"""Migrations of membership, run in order by the chassis."""
