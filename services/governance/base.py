"""The declarative base all of governance's tables share; the tables themselves stand with their subjects."""

from __future__ import annotations

from services.chassis.database.engine import declarative_base

Base = declarative_base("governance")
