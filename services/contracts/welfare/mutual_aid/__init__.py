"""Contracts of mutual aid (职工互助保障): plans, cover periods, who is covered, claims on the providers."""
