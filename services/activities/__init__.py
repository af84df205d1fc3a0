"""The activities service: calendar and registrations. See README.md in this folder."""
