"""Contracts of meetings: bodies, motions, agendas, attendance, minutes, decisions, action items."""
