"""From the draft of a disclosure to its publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.contracts.governance.disclosures.events import DisclosurePublished
from services.governance.disclosures import rules
from services.governance.disclosures.tables import Disclosure
from services.governance.disclosures.use_cases.reading import detail
from services.governance.disclosures.use_cases.store import (
    announce_moved,
    disclosure_of,
    last_day_of,
    months_to_close,
    move,
    note_step,
    period_text,
    read_figures,
    take,
)

Request = Mapping[str, Any]


def prepare_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Begin the disclosure of a part of a year that is over, with the figures of the ledger.

    Raises:
        Refused: the part is not over, or is disclosed already.
    """
    year, part = request["year"], request["part"]
    tx.lock(f"disclosure-{year}-{part}")
    standing = sa.select(Disclosure.id).where(
        Disclosure.year == year, Disclosure.part == part, Disclosure.state != "withdrawn"
    )
    refuse_first(
        rules.part_is_over(last_day_of(year, part), tx.today),
        rules.disclosed_once(tx.session.scalar(standing) is not None),
    )
    one = Disclosure(
        year=year, part=part, period=period_text(year, part), state="draft", note=request["note"],
        prepared_on=tx.today, version=1,
    )  # fmt: skip
    take(one, read_figures(tx, year, part), tx)
    tx.session.add(one)
    tx.session.flush()
    note_change(tx, f"disclosure/{one.id}", {"state": (None, "draft")})
    note_step(tx, one, "prepare")
    return detail(tx, one)


def change_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Change what is said about the figures of a draft, and read these again.

    Raises:
        PreconditionFailed: somebody changed it meanwhile.
        Refused: it is no draft any more.
    """
    one = disclosure_of(tx, request["disclosure_id"], lock=True)
    if one.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    move(tx, one, "change")
    one.note = request["note"]
    take(one, read_figures(tx, one.year, one.part), tx)
    tx.session.flush()
    return detail(tx, one)


def submit_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Read the figures for the last time and hand them to the auditors.

    Raises:
        Refused: a month with entries is not closed.
    """
    one = disclosure_of(tx, request["disclosure_id"], lock=True)
    move(tx, one, "submit")
    refuse_first(rules.months_are_closed(months_to_close(tx, one)))
    take(one, read_figures(tx, one.year, one.part), tx)
    one.submitted_by = tx.principal.account_id
    return _moved(tx, one)


def return_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Give a disclosure back to who wrote it, with the reason."""
    one = disclosure_of(tx, request["disclosure_id"], lock=True)
    move(tx, one, "return", request["reason"])
    return _moved(tx, one)


def approve_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Confirm the figures, as an auditor.

    Raises:
        Refused: the caller submitted it.
    """
    one = disclosure_of(tx, request["disclosure_id"], lock=True)
    move(tx, one, "approve")
    refuse_first(rules.another_approves(one.submitted_by is not None and one.submitted_by == tx.principal.account_id))
    one.approved_on = tx.today
    return _moved(tx, one)


def publish_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Open a disclosure to all members, who are told where that is wanted."""
    one = disclosure_of(tx, request["disclosure_id"], lock=True)
    move(tx, one, "publish")
    one.published_on = tx.today
    tx.session.flush()
    told = {"year": one.year, "part": one.part, "state": one.state, "notify": request["notify"]}
    tx.record(DisclosurePublished(disclosure_id=one.id, **told))
    return detail(tx, one)


def withdraw_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Take a disclosure down, with the reason; another one of the same part can be prepared."""
    one = disclosure_of(tx, request["disclosure_id"], lock=True)
    move(tx, one, "withdraw", request["reason"])
    return _moved(tx, one)


def _moved(tx: Transaction, one: Disclosure) -> dict[str, Any]:
    tx.session.flush()
    announce_moved(tx, one)
    return detail(tx, one)
