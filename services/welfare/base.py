"""The declarative base of all welfare tables."""

from __future__ import annotations

from services.chassis.database.engine import declarative_base

Base = declarative_base("welfare")
