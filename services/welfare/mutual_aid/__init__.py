"""Mutual aid (职工互助保障): plans of providers, cover periods, who is covered, claims with sealed documents."""
