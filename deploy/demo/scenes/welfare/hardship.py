"""The registry with reviews that are due, and applications for aid in every state worth looking at.

One waits for the unit of the account `chair`, one for the committee, one was granted, one refused.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.papers import paper
from deploy.demo.union import DemoUnion
from deploy.demo.units import UNITS
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.welfare.hardship import operations as contract

_FIRST_ROW = 40
"""Row of the roster from which people are taken who hold no post and are in no other scene's foreground."""
_RECORDS = (("relative", 400), ("deep", 340), ("relative", 120), ("accident", 60), ("relative", 20))
"""Grades, and how many days ago each record was opened."""
_REASON = {
    "hardship": "配偶失业，两个孩子上学，入不敷出。",
    "grave_illness": "本人住院治疗，自费部分超出家庭承受能力。",
}


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    for place, (grade, days) in enumerate(_RECORDS):
        record = {
            "member_id": _person(union, place), "grade": grade, "since": today() - timedelta(days=days),
            "circumstances": "一人收入，供养四口。",
        }  # fmt: skip
        union.ask(f"hardship-record-{place}", contract.open_hardship_record, record, officer)
    in_chairs_unit = union.as_member("member")
    _submitted(union, "own", in_chairs_unit, "hardship", "3000.00")
    applicants = [_account(_person(union, place)) for place in range(4)]
    _submitted(union, "waiting", applicants[0], "hardship", "4000.00")
    waiting = _submitted(union, "review", applicants[1], "grave_illness", "15000.00")
    _taken_up(union, waiting)
    for place, (outcome, granted) in enumerate((("granted", "4000.00"), ("refused", None)), 2):
        application_id = _submitted(union, outcome, applicants[place], "hardship", "5000.00")
        _taken_up(union, application_id)
        _decided(union, application_id, outcome, granted)
    return f"{len(_RECORDS)} records of hardship, 5 applications for aid"


def _person(union: DemoUnion, place: int) -> UUID:
    """Return a member without a post, whom no one of those present at a decision is."""
    others = range(len(UNITS) + 2, union.count)
    return union.member_id(others[(_FIRST_ROW + 3 * place - others.start) % len(others)])


def _account(member_id: UUID) -> Principal:
    return Principal("account", member_id, member_id, (Grant("member"),))


def _submitted(union: DemoUnion, step: str, by: Principal, kind: str, asked: str) -> str:
    draft = {"kind": kind, "asked": asked, "reason": _REASON[kind]}
    application_id = str(union.ask(f"aid-{step}", contract.draft_aid_application, draft, by)["id"])
    attached = {
        "application_id": application_id, "kind": "medical" if kind == "grave_illness" else "income",
        "name": "paper.pdf", "media_type": "application/pdf", "content": paper("Certificate of income and expenses", 5),
    }  # fmt: skip
    union.ask(f"aid-paper-{step}", contract.attach_aid_paper, attached, by)
    ref = {"application_id": application_id}
    union.ask(f"aid-submit-{step}", contract.submit_aid_application, ref, by)
    return application_id


def _taken_up(union: DemoUnion, application_id: str) -> None:
    ref: dict[str, Any] = {"application_id": application_id}
    union.ask(f"aid-forward-{application_id}", contract.forward_aid_application, ref, union.as_officer())
    union.ask(f"aid-take-up-{application_id}", contract.take_up_aid_application, ref, union.as_officer())


def _decided(union: DemoUnion, application_id: str, outcome: str, granted: str | None) -> None:
    present = [union.member_id(union.holder(account)) for account in ("officer", "auditor", "chair")]
    decision = {
        "application_id": application_id, "outcome": outcome, "granted": granted, "decided_on": today(),
        "present": present, "note": "情况属实，按标准办理。" if granted else "家庭收入高于标准，请关注互助保障。",
    }  # fmt: skip
    union.ask(f"aid-decide-{application_id}", contract.decide_aid_application, decision, union.as_officer())
