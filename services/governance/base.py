"""The declarative base of governance's tables; the tables themselves are defined with their subjects."""

from __future__ import annotations

from services.chassis.database.engine import declarative_base

Base = declarative_base("governance")
