"""Mediation of labour disputes (劳动人事争议调解): intake, consent, clock, hearings, agreement. For few people only."""
