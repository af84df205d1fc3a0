"""Cards, photo and documents of members."""

from __future__ import annotations

from gateway.api import cards
from gateway.portal.pages import verify as verify_pages
from gateway.portal.pages.console import cards as cards_pages
from gateway.portal.pages.member import card as member_card_pages
from gateway.subject import Subject

SUBJECT = Subject(
    "cards",
    "Cards, photo and documents of members.",
    routes=cards.ROUTES,
    pages=(
        cards_pages.PAGES,
        member_card_pages.PAGES,
        verify_pages.PAGES,
    ),
)
