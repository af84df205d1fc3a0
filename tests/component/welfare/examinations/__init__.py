"""Examinations: lists, appointments, who came, coverage."""
