"""Sheets of membership cards for a filtered list: at once while they are few, as long work when they are many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.jobs import requests, sheets
from gateway.jobs.sheets import Drawn, paper, title_of
from gateway.pdf.printing import printed
from gateway.rpc.calls import call, unit_names
from gateway.subjects.membership.cards.papers import drawn
from services.chassis.jobs.jobs import Job
from services.contracts.gateway.jobs import MOST_PRINTED
from services.contracts.membership.card import MOST_CARDS, list_cards

KIND = "print_cards"
PURPOSE = "打印会员卡"
_DOCUMENT, _NOUN = "card sheets", "会员卡"


def count(filters: Mapping[str, Any]) -> int:
    """Return how many cards a filtered list has. Raises `Refused` when there are none, or too many for one go."""
    return sheets.require_printable(
        int(call(list_cards, {**filters, "limit": 1, "with_total": True})["total"]),
        MOST_PRINTED,
        what="cards",
        too_many="card.sheets_are_few",
        none=("card.somebody_has_a_card", "No active member is in the list."),
    )


def at_once(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cards of a short list as one PDF."""
    cards = call(list_cards, {**filters, "limit": MOST_CARDS})["items"]
    title = title_of(_NOUN, filters.get("unit_id"))
    return paper(f"{title}.pdf", printed(_DOCUMENT, title, _drawn(cards)))


def fits_at_once(total: int) -> bool:
    """Whether so many cards are drawn while the page waits."""
    return total <= MOST_CARDS


def start(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the sheets as long work; who asked is logged."""
    total = count(filters)
    asked = {"filters": dict(filters), "title": title_of(_NOUN, filters.get("unit_id"))}
    return requests.start(KIND, {}, asked, ("card-sheets", f"{total} cards", PURPOSE), total)


def draw(asked: Mapping[str, Any], job: Job) -> Drawn:
    """Draw the next cards."""
    after = sheets.position_of(job)
    request = {**asked["filters"], "limit": sheets.PER_STEP, **({"after": after} if after else {})}
    reply = call(list_cards, request)
    cards = reply["items"]
    numbers = [card["number"] for card in cards]
    return sheets.draw(_DOCUMENT, asked["title"], _drawn(cards), numbers, reply["next_after"])


def _drawn(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    units = unit_names()
    return [drawn(card, card["photo"], units) for card in cards]
