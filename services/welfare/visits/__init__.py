"""Visits (走访, 五必访): a life event is reported, a visit becomes due, is made, claimed and closed."""
