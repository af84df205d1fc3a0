"""The metadata that all tables of this service share."""

from __future__ import annotations

from services.chassis.database.engine import declarative_base

Base = declarative_base("activities")
