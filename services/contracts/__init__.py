"""Contracts between services and with other systems: operations, resources and events, one package per service."""
