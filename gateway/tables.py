"""The declarative base of the gateway's tables. The tables themselves are defined with their subjects."""

from services.chassis.database.engine import declarative_base

Base = declarative_base("gateway")
