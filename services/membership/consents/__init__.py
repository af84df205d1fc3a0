"""Consent texts, and the consents given to them."""
