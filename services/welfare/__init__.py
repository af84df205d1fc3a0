"""The welfare service: visits, birthday care and entitlements. It has no names of members, only ids."""
