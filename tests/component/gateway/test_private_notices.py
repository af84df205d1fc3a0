"""Notices that the gateway fetches: told to whom the service names, once, in a neutral sentence, and then confirmed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.notices.tables import Notice
from gateway.subjects import SUBJECTS
from services.contracts.governance.mediation.operations import list_private_notices, settle_private_notices
from services.contracts.membership.organisation.operations import PostAssigned
from tests.component.gateway.harness import GatewayHarness

PARTY, OFFICER = uuid4(), uuid4()


class Waiting:
    """What waits in the service, and what was confirmed."""

    def __init__(self, gateway: GatewayHarness) -> None:
        self.items: list[dict[str, Any]] = []
        self.settled: list[str] = []
        gateway.answers[list_private_notices.id] = lambda _: {"items": self.items}
        gateway.answers[settle_private_notices.id] = self.settle

    def settle(self, payload: Any) -> dict[str, Any]:
        self.settled += payload["ids"]
        return {}


@pytest.fixture
def waiting(gateway: GatewayHarness) -> Waiting:
    return Waiting(gateway)


def stored(gateway: GatewayHarness) -> list[Notice]:
    with gateway.database.session(readonly=True) as session:
        return list(session.scalars(sa.select(Notice).where(Notice.kind.startswith("private_"))))


def test_a_notice_is_told_once_and_confirmed(gateway: GatewayHarness, waiting: Waiting) -> None:
    notice_id = str(uuid4())
    waiting.items = [{"id": notice_id, "member_id": str(PARTY)}]

    gateway.run_timer("take_private_notices")
    gateway.run_timer("take_private_notices")  # it was taken, and the confirmation got lost

    (told,) = stored(gateway)
    assert (told.recipient_id, told.kind, told.subject_id, told.params) == (PARTY, "private_matter", PARTY, {})
    assert waiting.settled == [notice_id, notice_id]


def test_nothing_is_confirmed_where_nothing_waits(gateway: GatewayHarness, waiting: Waiting) -> None:
    gateway.run_timer("take_private_notices")

    assert (stored(gateway), waiting.settled) == ([], [])


def test_what_waits_for_a_clerk_is_told_to_the_officers(gateway: GatewayHarness, waiting: Waiting) -> None:
    term = {"starts_on": "2020-01-01", "ends_on": "2099-01-01"}
    gateway.hear(PostAssigned, post_id=uuid4(), member_id=OFFICER, unit_id=uuid4(), role="officer", **term)
    waiting.items = [{"id": str(uuid4()), "member_id": None}]

    gateway.run_timer("take_private_notices")

    assert [(one.recipient_id, one.kind) for one in stored(gateway)] == [(OFFICER, "private_matter_waits")]


@pytest.mark.parametrize("kind", ["private_matter", "private_matter_waits"])
def test_neither_the_portal_nor_an_e_mail_says_what_it_is_about(kind: str) -> None:
    told = SUBJECTS.news[kind]

    assert told.notice is not None
    assert told.notice.private
    assert not any(word in f"{told.words}{told.notice.text}" for word in ("调解", "争议", "案件"))
