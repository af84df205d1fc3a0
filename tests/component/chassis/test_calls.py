"""Calls: one transaction, refusals that survive the journey, deadlines, repeats."""

from __future__ import annotations

from datetime import timedelta

import eventlet
import pytest
import sqlalchemy as sa
from kombu import Connection
from nameko.rpc import get_rpc_exchange

from services.chassis import clock
from services.chassis.database.tables import ExecutedCommand, OutboxEvent
from services.chassis.errors import Conflict, DeadlineExceeded, InvalidInput, NotAllowed, NotSignedIn, Refused
from services.chassis.identifiers import uuid7
from services.chassis.process import settings
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import LIFETIME, Grant, Principal, sign
from tests.component.chassis import bells
from tests.support.principals import headers_of


def stored(databases, table) -> int:
    with databases["bell"].session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_a_refused_command_leaves_neither_change_nor_event(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        with pytest.raises(Refused) as refused:
            visitor.ring(13)
        visitor.ring(14)
    assert refused.value.rule == "bell.number_is_lucky"
    assert stored(databases, bells.RingRow) == 1
    assert stored(databases, OutboxEvent) == 1


def test_bad_input_names_every_field_at_fault(databases):
    with bells.running(bells.Bell), bells.visiting() as visitor, pytest.raises(InvalidInput) as invalid:
        visitor.client.call(bells.ring, {"n": "one", "loud": True}, CallContext())
    assert set(invalid.value.errors) == {"n", "loud"}


def test_what_clashes_with_something_stored_is_a_conflict(databases):
    with bells.running(bells.Bell), bells.visiting() as visitor:
        visitor.ring(1)
        with pytest.raises(Conflict):
            visitor.ring(1)


def test_roles_are_checked_by_the_owning_service(databases):
    officer = Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),))
    member = Principal(kind="account", account_id=uuid7(), grants=(Grant("member"),))
    with bells.running(bells.Bell), bells.visiting() as visitor:
        call = visitor.client.call
        assert call(bells.ring_twice, {"n": 1}, CallContext(principal=officer)) == {"n": 1}
        with pytest.raises(NotAllowed):
            call(bells.ring_twice, {"n": 3}, CallContext(principal=member))
        with pytest.raises(NotSignedIn):
            call(bells.ring_twice, {"n": 3}, CallContext())


def test_a_forged_principal_is_refused(databases, monkeypatch):
    with bells.running(bells.Bell), bells.visiting() as visitor:
        honest = CallContext.to_headers
        forged = {"principal": "e30.e30.forged"}
        monkeypatch.setattr(CallContext, "to_headers", lambda self, operation: honest(self, operation) | forged)
        with pytest.raises(NotSignedIn) as refused:
            visitor.ring(1)
    assert refused.value.rule == "principal_is_signed"


def test_a_repeated_idempotency_key_answers_the_same_and_rings_once(databases):
    someone = Principal(kind="account", account_id=uuid7())
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        first = visitor.ring(5, principal=someone, idempotency_key="five")
        assert visitor.ring(5, principal=someone, idempotency_key="five") == first
        with pytest.raises(InvalidInput) as reused:
            visitor.ring(6, principal=someone, idempotency_key="five")
        assert visitor.wait_for(1) == [5]
    assert reused.value.code == "idempotency_key_reused"


def test_strangers_with_the_same_key_are_two_and_neither_learns_of_the_other(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        assert visitor.ring(5, idempotency_key="same") == {"n": 5}
        assert visitor.ring(6, idempotency_key="same") == {"n": 6}
        assert visitor.ring(5, idempotency_key="same") == {"n": 5}
        assert sorted(visitor.wait_for(2)) == [5, 6]


def test_an_expired_principal_is_refused(databases):
    with clock.frozen(clock.now() - timedelta(seconds=LIFETIME + 1)):
        old = sign(Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),)), bells.ring.id)
    with pytest.raises(NotSignedIn) as refused:
        CallContext.from_headers({"principal": old}, bells.ring.id)
    assert refused.value.rule == "principal_is_signed"


def test_a_principal_signed_for_one_operation_opens_no_other(databases, monkeypatch):
    someone = Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),))
    other = sign(someone, bells.ring_twice.id)
    with pytest.raises(NotSignedIn) as refused:
        CallContext.from_headers({"principal": other}, bells.ring.id)
    assert refused.value.rule == "principal_is_signed"
    assert CallContext.from_headers({"principal": other}, bells.ring_twice.id).principal == someone
    with bells.running(bells.Bell), bells.visiting() as visitor:
        honest = CallContext.to_headers
        monkeypatch.setattr(CallContext, "to_headers", lambda self, _: honest(self, bells.ring_twice.id))
        with pytest.raises(NotSignedIn):
            visitor.ring(1)


def test_a_principal_signed_by_the_release_before_is_still_taken(databases):
    someone = Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),))
    old = headers_of(CallContext(principal=someone))
    assert CallContext.from_headers(old, bells.ring.id).principal == someone


def test_a_remembered_answer_is_not_readable_in_the_database(databases):
    with bells.running(bells.Bell), bells.visiting() as visitor:
        visitor.ring(7, idempotency_key="seven")
    with databases["bell"].session() as session:
        kept = session.scalars(sa.select(ExecutedCommand)).one()
    assert list(kept.reply) == ["sealed"]
    assert '"n"' not in kept.reply["sealed"]


def test_concurrent_repeats_of_one_key_ring_once(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        pool = eventlet.GreenPool(8)
        answers = list(pool.imap(lambda _: visitor.ring(7, idempotency_key="seven"), range(8)))
        assert answers == [{"n": 7}] * 8
        assert visitor.wait_for(1) == [7]


def test_a_service_that_is_down_costs_no_more_than_the_deadline(databases, monkeypatch):
    monkeypatch.setenv("GONGHUI_RPC_DEADLINE", "3600")  # past the end of any test
    settings.reset()
    with bells.visiting() as visitor, pytest.raises(DeadlineExceeded):
        visitor.client.call(bells.ring, {"n": 1}, CallContext(), deadline=0.4)


def test_a_command_nobody_waits_for_any_more_is_not_carried_out_later(databases):
    with bells.running(bells.Bell):
        pass  # its queue exists from now on and holds what is sent while it is away
    with bells.visiting() as visitor:
        with pytest.raises(DeadlineExceeded):
            visitor.client.call(bells.ring, {"n": 1}, CallContext(), deadline=0.3)
        with bells.running(bells.Bell):
            visitor.ring(2)
            eventlet.sleep(0.5)
    with databases["bell"].session() as session:
        assert list(session.scalars(sa.select(bells.RingRow.n))) == [2]


def test_a_call_before_any_service_is_up_leaves_the_next_ones_alone(databases):
    """It goes to an exchange that nobody has declared, of which the broker tells by closing the channel."""
    with Connection(settings.settings().amqp_url) as link:
        exchange = get_rpc_exchange({})
        with bells.visiting() as visitor:
            exchange(link.default_channel).delete()
            for _ in range(2):
                with pytest.raises(DeadlineExceeded):
                    visitor.client.call(bells.read_book, {}, CallContext(), 0.5)
