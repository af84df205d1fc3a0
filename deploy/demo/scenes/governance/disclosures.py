"""Disclosures: one published with questions of members, one of the next quarter as a draft."""

from __future__ import annotations

from deploy.demo.people import seeded_id
from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.disclosures import operations as contract
from services.contracts.governance.funds.bookkeeping import close_fund_period

_NOTE = "本季度按计划开展文体活动和走访慰问，没有超预算的项目。"
_QUESTION, _ANSWER = "健身器材放在哪里，会员怎么使用？", "器材放在教工之家二楼，凭会员卡在开放时间使用。"
_WAITING = "培训支出主要用在哪些方面？"


def play(union: DemoUnion) -> str:
    """Disclose the first quarter, or last year before it is over, and draft what follows."""
    officer, member = union.as_officer(), union.as_member("member")
    auditor = Principal(
        "account", seeded_id(union.seed, "account", "auditor"), union.member_id(union.holder("auditor")),
        (Grant("member"), Grant("auditor")),
    )  # fmt: skip
    year, over = today().year, (today().month - 1) // 3
    part = {"year": year, "part": "q1", "note": _NOTE} if over else {"year": year - 1, "part": "year", "note": _NOTE}
    for month in (1, 2, 3) if over else ():
        union.ask(f"close-{month}", close_fund_period, {"period": f"{year}-{month:02d}"}, officer)
    ref = {"disclosure_id": union.ask("disclosure", contract.prepare_disclosure, part, officer)["id"]}
    union.ask("disclosure-submit", contract.submit_disclosure, ref, officer)
    union.ask("disclosure-approve", contract.approve_disclosure, ref, auditor)
    union.ask("disclosure-publish", contract.publish_disclosure, ref, officer)
    for step, text in (("question", _QUESTION), ("question-2", _WAITING)):
        asked = union.ask(f"disclosure-{step}", contract.ask_disclosure_question, {**ref, "text": text}, member)
        if text == _QUESTION:
            told = {"question_id": asked["id"], "answer": _ANSWER}
            union.ask("disclosure-answer", contract.answer_disclosure_question, told, officer)
    if over > 1:
        union.ask("disclosure-2", contract.prepare_disclosure, {"year": year, "part": "q2", "note": None}, officer)
    return "a disclosure with 2 questions"
