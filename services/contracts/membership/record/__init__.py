"""Contracts of the member's record: fields, shapes, operations, files."""
