"""The base all tables of the gateway's own database share. The tables stand with their subjects."""

from __future__ import annotations

from services.chassis.database.engine import declarative_base

Base = declarative_base("gateway")
