"""Sheets of membership cards for a filtered list: at once while they are few, as long work when they are many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import g

from gateway.cards import drawn as card_drawn
from gateway.cards import paper
from gateway.jobs import requests
from gateway.pdf.printing import printed
from gateway.rpc.calls import call, unit_names
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.chassis.jobs import job_files
from services.chassis.jobs.jobs import Job
from services.chassis.rpc.context import CallContext
from services.contracts.gateway.jobs import MOST_PRINTED
from services.contracts.membership.card import MOST_CARDS, list_cards

KIND = "print_cards"
PURPOSE = "打印会员卡"
_CARDS_PER_STEP = 50
_KEPT = timedelta(days=1)
"""The sheets show photos, which end with their consent: they are kept only until they are fetched."""


@dataclass(frozen=True)
class Drawn:
    """Sheets of some cards, and the number after which the next ones begin."""

    title: str
    name: str
    content: bytes
    cards: int
    next_after: str | None


def count(filters: Mapping[str, Any]) -> int:
    """Return how many cards a filtered list has. Raises `Refused` when there are none, or too many for one go."""
    total = int(call(list_cards, {**filters, "limit": 1, "with_total": True})["total"])
    if not 0 < total <= MOST_PRINTED:
        rule = "card.sheets_are_few" if total else "card.somebody_has_a_card"
        detail = f"At most {MOST_PRINTED} cards are printed in one go." if total else "No active member is in the list."
        raise Refused(detail, rule=rule, params={"most": MOST_PRINTED, "total": total})
    return total


def at_once(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cards of a short list as one PDF."""
    cards = call(list_cards, {**filters, "limit": MOST_CARDS})["items"]
    title = _title(filters)
    return paper(f"{title}.pdf", _sheet(title, cards, unit_names()))


def fits_at_once(total: int) -> bool:
    """Whether so many cards are drawn while the page waits."""
    return total <= MOST_CARDS


def start(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the sheets as long work; who asked is logged."""
    total = count(filters)
    log = ("card-sheets", f"{total} cards", PURPOSE)
    return requests.start(KIND, {}, {"filters": dict(filters), "title": _title(filters)}, log, total)


def draw(app: Any, database: Database, context: CallContext, job: Job) -> Drawn:
    """Draw the next cards; outside of any transaction, since it takes a second."""
    asked = requests.asked_for(database, context, job)
    after = (job.position or {}).get("after")
    with requests.acting(app, context, asked):
        reply = call(list_cards, {**asked["filters"], "limit": _CARDS_PER_STEP, **({"after": after} if after else {})})
        cards = reply["items"]
        title = f"{asked['title']} {cards[0]['number']}-{cards[-1]['number']}" if cards else ""
        content = _sheet(title, cards, g.portal_units) if cards else b""
    return Drawn(asked["title"], title, content, len(cards), reply["next_after"])


def keep(tx: Transaction, job: Job, drawn: Drawn) -> bool:
    """Keep the sheets just drawn; after the last ones put all into one archive."""
    if drawn.cards:
        job_files.keep_bytes(tx, job, job_files.PART, f"{drawn.name}.pdf", drawn.content, "application/pdf", _KEPT)
    job.done += drawn.cards
    job.position = {"after": drawn.next_after}
    if drawn.next_after:
        return False
    name = f"{drawn.title}-{tx.today:%Y%m%d}.zip"
    job_files.finish(tx, job, name, job_files.bundled(tx, job), "application/zip", _KEPT)
    return True


def _sheet(title: str, cards: list[dict[str, Any]], units: Mapping[str, Mapping[str, Any]]) -> bytes:
    return printed("card sheets", title, [card_drawn(card, card["photo"], units) for card in cards])


def _title(filters: Mapping[str, Any]) -> str:
    unit = unit_names().get(str(filters.get("unit_id")), {}).get("name", "")
    return f"{unit}会员卡"
