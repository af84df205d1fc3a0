"""Rules of disclosures. Pure: days and counts are arguments.

Sources: 工会法 (2021) Art. 45: a union has its money audited and discloses it to its members; 基层工会经费收支管理办法
(总工办发〔2017〕32号): accounts are open to members.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.chassis.rules.refusal import Refusal

MOST_OPEN = 10
"""Questions of one member that wait for an answer."""


def part_is_over(last_day: date, today: date) -> Refusal | None:
    """What is still going on has no final figures."""
    if last_day < today:
        return None
    params = {"last_day": last_day.isoformat()}
    return Refusal("disclosures.part_is_over", "This part of the year is not over yet.", "part", params)


def disclosed_once(exists: bool) -> Refusal | None:
    """A part of a year is disclosed once; what is wrong is taken down first."""
    if not exists:
        return None
    return Refusal("disclosures.disclosed_once", "There is a disclosure of this part of the year.", "part")


def months_are_closed(open_months: Sequence[str]) -> Refusal | None:
    """Only closed months are disclosed: no entry can change them any more."""
    if not open_months:
        return None
    detail = f"Close these months first: {', '.join(open_months)}."
    return Refusal("disclosures.months_are_closed", detail, params={"open": "、".join(open_months)})


def another_approves(own: bool) -> Refusal | None:
    """Nobody audits the own figures."""
    return Refusal("disclosures.another_approves", "You submitted this; another auditor approves it.") if own else None


def questions_are_few(waiting: int) -> Refusal | None:
    """One member's questions are answered before more are asked."""
    if waiting < MOST_OPEN:
        return None
    detail = f"{MOST_OPEN} of your questions wait for an answer."
    return Refusal("disclosures.questions_are_few", detail, params={"most": MOST_OPEN})
