"""Meetings of bodies: motions, agenda, quorum, minutes, decisions, action items."""
