"""Welfare: visits, birthday care and entitlements of members. Knows no names: members are ids here."""
