"""Earliest and latest days that records can have. Imported by contracts and rules."""

from datetime import date

EARLIEST_BIRTH = date(1900, 1, 1)
"""No living person was born before."""
EARLIEST_UNION = date(1949, 1, 1)
"""No union of a university has records from before: 工会法 was first passed in 1950, on what 1949 had begun."""
CHARGED_SINCE = date(2000, 1, 1)
"""The first day of the first month that has dues and accounts."""
LIFETIME = 60
"""Years ahead for days at the end of a working life, or of things without fixed end."""
