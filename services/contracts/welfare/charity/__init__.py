"""Contracts of charity drives (慈善一日捐): drives, pledges, gifts, hand-over, disclosure."""
