"""The declarative base of all welfare tables."""

from services.chassis.database.engine import declarative_base

Base = declarative_base("welfare")
