"""The declarative base of all membership tables."""

from __future__ import annotations

from services.chassis.database import declarative_base

Base = declarative_base("membership")
