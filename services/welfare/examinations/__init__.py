"""Examinations (体检): yearly campaigns, who is on the list, appointments, coverage; no results of any kind."""
