"""Contracts of visits: types, shapes, requests, operations, events."""
