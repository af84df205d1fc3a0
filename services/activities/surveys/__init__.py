"""Surveys: questions to members, anonymous by construction or named, counted and told from the smallest group on."""
