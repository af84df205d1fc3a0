"""Filings of units' congresses: two years accepted but for one unit, this year at every stage."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.demo.papers import paper
from deploy.demo.people import seeded_id
from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.unit_congresses import operations as contract

_AGENDA = "听取院长年度工作报告\n听取财务和工会工作报告\n讨论通过绩效分配办法\n评议领导干部"
_SUMMARY = "会议完成各项议程，讨论热烈，代表提出的意见由工会整理后交学院办理。"
_RESOLVED = "通过绩效分配办法（修订）"
_WHY = "安排在下半年座谈会"
_LINE = 80
_MOST_WAITS, _LONG_ENOUGH = 150, 40


def play(union: DemoUnion) -> str:
    years = (today().year - 2, today().year - 1, today().year)
    for year in years:
        _opened(union, year)
    for past in years[:2]:
        for place, filing in enumerate(_filings(union, past)):
            # One unit never filed last year, which the overdue list shows.
            if past == years[1] and place == len(union.units) - 1:
                continue
            _accepted(union, filing, place)
    _this_year(union, _filings(union, years[2]))
    return f"3 years of {len(union.units)} units"


def _opened(union: DemoUnion, year: int) -> None:
    """Ask all units to file, once governance knows the members of each; this year's may have been asked already."""
    for turn in range(_MOST_WAITS):
        made = union.ask(f"filings-{year}-{turn}", contract.open_filings, {"year": year}, union.as_officer())
        found = len(_filings(union, year))
        # In a very small union a unit may have nobody who votes.
        if found >= len(union.units) or (found and turn >= _LONG_ENOUGH and not made["opened"]):
            return
        union.pause()
    raise RuntimeError("governance does not know the members of all units")


def _filings(union: DemoUnion, year: int) -> list[dict[str, Any]]:
    """Return the filings of a year, the chair's own unit's first."""
    asked = {"year": year, "limit": 100}
    order = [str(unit) for unit in union.units]
    own = order[union.holder("chair")]
    found = union.ask("filings", contract.list_filings, asked, union.as_officer())["items"]
    return sorted(found, key=lambda one: (one["unit_id"] != own, order.index(one["unit_id"])))


def _this_year(union: DemoUnion, filings: list[dict[str, Any]]) -> None:
    """Bring this year's filings to every stage: the chair's own is to be recorded, the last units have not begun."""
    own, *others = filings
    _plan(union, own, 0)
    _review(union, own, "accept", "own-plan")
    note = {"text": "评议领导干部请按学校统一的评议表进行，结果随记录一并报送。"}
    _office(union, own, contract.write_filing_guidance, "own-guidance", **note)
    for place, filing in enumerate(others[:-2]):
        _plan(union, filing, place)
        stage = place % 5
        if stage == 0:
            _review(union, filing, "return", "returned", "议程没有列出评议领导干部，请补充。")
        elif stage != 1:
            _review(union, filing, "accept", "plan")
        if stage == 4:
            _recorded(union, filing, place)
            _review(union, filing, "return", "returned-record", "签到表只有一页，请上传完整的签到表。")


def _accepted(union: DemoUnion, filing: dict[str, Any], place: int) -> None:
    _plan(union, filing, place)
    _review(union, filing, "accept", "plan")
    _recorded(union, filing, place)
    _review(union, filing, "accept", "record")


def _plan(union: DemoUnion, filing: dict[str, Any], place: int) -> None:
    congress = filing["members"] >= _LINE
    _unit(
        union, filing, contract.submit_filing_plan, "plan", form="congress" if congress else "all_staff",
        planned_on=_day(filing, place), place="学院报告厅", agenda=_AGENDA,
        delegates=filing["members"] // 3 if congress else None,
    )  # fmt: skip


def _recorded(union: DemoUnion, filing: dict[str, Any], place: int) -> None:
    entitled = filing["members"] // 3 if filing["members"] >= _LINE else filing["members"]
    present = max(entitled - entitled * ((place + filing["year"]) % 5) // 20, 1)
    held = {"held_on": _day(filing, place), "entitled": entitled, "present": present, "summary": _SUMMARY}
    told = _unit(union, filing, contract.save_filing_record, "record", **held)
    against = present // 12
    votes = {"votes_for": present - against, "votes_against": against}
    _unit(union, filing, contract.add_filing_resolution, "resolution", title=_RESOLVED, **votes)
    answers = [
        {"item": one["item"], "done": one["item"] != "opinions", "note": None if one["item"] != "opinions" else _WHY}
        for one in told["checks"]
    ]
    _unit(union, filing, contract.answer_filing_checks, "checks", answers=answers)
    for kind in told["wanted"]:
        _unit(union, filing, contract.attach_filing_document, f"document-{kind}", kind=kind, **_sheet())
    _unit(union, filing, contract.submit_filing_record, "submit")


def _day(filing: dict[str, Any], place: int) -> date:
    day = date(filing["year"], 1, 1) + timedelta(days=(75 + 3 * place) if filing["year"] < today().year else 0)
    return min(day, today())


def _unit(union: DemoUnion, filing: dict[str, Any], operation: Operation, step: str, **more: Any) -> Any:
    unit = filing["unit_id"]
    index = [str(one) for one in union.units].index(unit)
    chair = Principal(
        "account", seeded_id(union.seed, "chair", index), union.member_id(index),
        (Grant("member"), Grant("chair", union.units[index])),
    )  # fmt: skip
    key = f"filing-{unit}-{filing['year']}-{step}"
    return union.ask(key, operation, {"filing_id": filing["id"], **more}, chair)


def _review(union: DemoUnion, filing: dict[str, Any], decision: str, step: str, reason: str | None = None) -> None:
    _office(union, filing, contract.review_filing, step, decision=decision, reason=reason)


def _office(union: DemoUnion, filing: dict[str, Any], operation: Operation, step: str, **more: Any) -> None:
    key = f"filing-{filing['unit_id']}-{filing['year']}-office-{step}"
    union.ask(key, operation, {"filing_id": filing["id"], **more}, union.as_officer())


def _sheet() -> dict[str, Any]:
    return {"name": "sheet.pdf", "media_type": "application/pdf", "content": paper(lines=6)}
