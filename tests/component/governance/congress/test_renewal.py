"""The renewal of a term: its checklist opens before the end, is ticked, tells what is late, and follows the term."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import NotAllowed, Problem
from services.chassis.identifiers import uuid7
from services.chassis.rules.rulebook import PolicyRule
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.congress import renewal, terms
from services.contracts.governance.congress.vocabulary import RENEWAL_ITEMS, RENEWAL_PARTS
from services.governance.congress import renewal_rules
from tests.component.governance.congress.terms import BODY, Union, member_account
from tests.support.at_once import at_once

OPENS, ENDS = date(2030, 8, 28), date(2031, 2, 28)
WHO = Principal(kind="account", account_id=uuid7(), member_id=uuid7(), grants=(Grant("officer"),))


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.frozen(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)):
        yield


class Renewal:
    """The renewal of a term that goes on until the end of February 2031."""

    def __init__(self, union: Union) -> None:
        self.governance, self.id = union.governance, union.in_term()

    def open(self, day: date = OPENS) -> None:
        with on(day):
            self.governance.run_timer("open_renewals_of_terms")

    def tell(self, day: date) -> list[tuple[int, int]]:
        """Return how many were done and late by what was told of late items so far."""
        with on(day):
            self.governance.run_timer("tell_late_renewal_items")
        return [(event["done"], event["late"]) for event in self.governance.events("renewal_late")]

    def found(self) -> dict[str, Any]:
        return dict(self.governance.ask(renewal.get_renewal, congress_id=self.id))

    def items(self, **asked: Any) -> list[dict[str, Any]]:
        page = self.governance.ask(renewal.list_renewal_items, congress_id=self.id, limit=100, **asked)
        return list(page["items"])

    def steps(self) -> list[dict[str, Any]]:
        return list(self.governance.ask(renewal.list_renewal_steps, congress_id=self.id)["items"])

    def item(self, name: str) -> dict[str, Any]:
        return next(one for one in self.items() if one["item"] == name)

    def do(self, operation: Any, name: str, by: Principal | None = None, **values: Any) -> Any:
        return self.governance.ask(operation, by, item_id=self.item(name)["id"], **values)

    def refused(self, operation: Any, name: str, **values: Any) -> Any:
        return self.governance.refused(operation, item_id=self.item(name)["id"], **values)


@pytest.fixture
def term(union: Union) -> Renewal:
    return Renewal(union)


def test_the_checklist_opens_once_from_the_months_of_the_rule(term: Renewal) -> None:
    term.open(date(2030, 8, 27))
    found = term.found()
    assert (found["opens_on"], found["opened_on"], found["items"]) == (OPENS.isoformat(), None, 0)
    refused = term.governance.refused(renewal.add_renewal_item, congress_id=term.id, item="借会场", due_on="2027-01-01")
    assert refused.rule == "congress.renewal_is_open"
    assert refused.params["document"] == "工会基层组织选举工作条例"
    assert refused.params["opens_on"] == OPENS.isoformat()

    term.open()
    term.open(date(2030, 8, 29))

    (told,) = term.governance.events("renewal_opened")
    assert (told["number"], told["items"], told["done"], told["over"]) == (6, len(RENEWAL_ITEMS), 0, False)
    listed = term.items()
    assert [one["item"] for one in listed] == list(RENEWAL_ITEMS)
    assert (listed[0]["due_on"], listed[-1]["due_on"]) == (told["next_due_on"], ENDS.isoformat())
    found = term.found()
    assert found["opened_on"] == OPENS.isoformat()
    assert [one["key"] for one in found["rules"]] == ["congress.renewal_months", "congress.renewal_items"]


def test_without_its_items_no_checklist_opens_and_the_page_says_which_rule_is_missing(term: Renewal) -> None:
    with term.governance.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key == "congress.renewal_items"))
        session.commit()

    term.open()

    assert term.found()["missing_rules"] == ["congress.renewal_items"]
    assert term.governance.events("renewal_opened") == []


def test_an_item_is_ticked_with_who_when_and_note_and_taken_back(term: Renewal) -> None:
    term.open()
    with on(date(2030, 9, 1)):
        done = term.do(renewal.tick_renewal_item, "request", WHO, note="请示〔2030〕1号")
        assert (done["state"], done["done_by"], done["note"]) == ("done", str(WHO.member_id), "请示〔2030〕1号")
        assert done["done_at"].startswith("2030-09-01")
        assert term.refused(renewal.tick_renewal_item, "request").rule == "congress.renewal_item_waits"
        assert (
            term.refused(renewal.untick_renewal_item, "plan", reason="没有办").rule == "congress.renewal_item_is_done"
        )
        term.do(renewal.untick_renewal_item, "request", WHO, reason="请示要重写")
        assert term.item("request")["done_at"] is None

    found = term.found()
    assert (found["done"], found["items"]) == (0, len(RENEWAL_ITEMS))
    assert [(one["step"], one["note"], one["done_by"]) for one in term.steps()] == [
        ("untick", "请示要重写", str(WHO.member_id)), ("tick", "请示〔2030〕1号", str(WHO.member_id)),
    ]  # fmt: skip
    assert [one["done"] for one in term.governance.events("renewal_changed")] == [1, 0]


def test_late_items_are_told_of_once_and_again_after_a_change(term: Renewal) -> None:
    term.open()
    first, second = (date.fromisoformat(one["due_on"]) for one in term.items()[:2])

    assert term.tell(first) == []
    after = date(first.year, first.month, first.day + 1)
    assert term.tell(after) == [(0, 1)]
    assert term.tell(after) == [(0, 1)]
    with on(after):
        assert [one["item"] for one in term.items(show="late")] == ["request"]
        term.do(renewal.move_renewal_item, "request", due_on=after.isoformat(), reason="上级工会推迟收文")
        past = term.refused(renewal.move_renewal_item, "group", due_on=first.isoformat(), reason="提前")
        assert past.rule == "congress.renewal_day_is_ahead"
        assert term.items(show="late") == []
    assert term.tell(after) == [(0, 1)]
    assert term.tell(date(second.year, second.month, second.day + 1)) == [(0, 1), (0, 2)]


def test_the_union_adds_items_of_its_own_and_the_rules_items_stay(term: Renewal) -> None:
    term.open()
    with on(OPENS):
        own = {"congress_id": term.id, "item": "借会场", "due_on": "2030-12-01"}
        term.governance.ask(renewal.add_renewal_item, **own)
        assert term.governance.refused(renewal.add_renewal_item, **own).rule == "congress.renewal_item_is_new"
        stays = term.refused(renewal.remove_renewal_item, "held")
        assert (stays.rule, stays.params["article"]) == ("congress.renewal_item_is_own", "换届")
        term.do(renewal.tick_renewal_item, "借会场")
        assert term.refused(renewal.remove_renewal_item, "借会场").rule == "congress.renewal_item_waits"
        term.do(renewal.untick_renewal_item, "借会场", reason="换了会场")
        term.do(renewal.remove_renewal_item, "借会场")
    assert len(term.items()) == len(RENEWAL_ITEMS)
    assert [one["step"] for one in term.steps()] == ["remove", "untick", "tick", "add"]


def test_days_follow_the_terms_end_unless_they_were_set_and_the_end_closes_it(term: Renewal) -> None:
    term.open()
    with on(date(2030, 9, 1)):
        term.do(renewal.tick_renewal_item, "request")
        term.do(renewal.move_renewal_item, "audit", due_on="2030-12-31", reason="年度审计一并办理")
        before = term.item("request")["due_on"]
        found = term.governance.ask(terms.get_congress, congress_id=term.id)
        term.governance.ask(
            terms.change_congress, congress_id=term.id, ends_on="2031-08-31", reason="经上级工会批准延期换届",
            bodies=[{"body": BODY, "seats": 7}], version=found["version"],
        )  # fmt: skip
        assert term.item("request")["due_on"] == before
        assert term.item("audit")["due_on"] == "2030-12-31"
        assert term.item("handover")["due_on"] == "2031-08-31"
        half = renewal_rules.due_day(OPENS, date(2031, 8, 31), RENEWAL_PARTS["delegates"])
        assert term.item("delegates")["due_on"] == half.isoformat()

        term.governance.ask(terms.end_congress, congress_id=term.id)
        assert term.refused(renewal.tick_renewal_item, "plan").rule == "congress.is_open"
    assert term.governance.events("renewal_changed")[-1]["over"]
    assert term.tell(date(2031, 1, 1)) == []


@pytest.mark.databases("postgresql", "sqlite")
def test_of_officers_who_tick_an_item_at_once_one_is_told(term: Renewal) -> None:
    term.open()
    item = term.item("group")["id"]

    answers = at_once(4, lambda _: term.governance.ask(renewal.tick_renewal_item, item_id=item, note="小组五人"))

    assert sum(isinstance(one, dict) for one in answers) == 1
    assert {one.rule for one in answers if isinstance(one, Problem)} == {"congress.renewal_item_waits"}
    assert [one["done"] for one in term.governance.events("renewal_changed")] == [1]


def test_only_officers_work_on_it(term: Renewal, union: Union) -> None:
    term.open()
    member = member_account(union.members[union.units[0]][0])
    with pytest.raises(NotAllowed):
        term.governance.ask(renewal.get_renewal, member, congress_id=term.id)
    with pytest.raises(NotAllowed):
        term.do(renewal.tick_renewal_item, "plan", member)
