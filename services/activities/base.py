"""The declarative base of this service's tables."""

from __future__ import annotations

from services.chassis.database.engine import declarative_base

Base = declarative_base("activities")
