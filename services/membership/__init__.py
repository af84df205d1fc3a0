"""The membership service: organisation, joining, members' records, standing and dues."""
