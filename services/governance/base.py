"""The declarative base of governance's tables; the tables themselves are defined with their subjects."""

from services.chassis.database.engine import declarative_base

Base = declarative_base("governance")
