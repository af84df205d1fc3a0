"""Reconciliation of events: operations that list a service's outbox, and operations for operators.

Belongs here: the operations, which are the same for all services. `chassis.events.reconciler` does the comparison.
"""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import fields, validate

from services.chassis.schema import SYSTEM, Empty, Operation, Schema, Text, Timestamp, query
from services.contracts.per_service import Row, declared

_SERVICES_ONLY = frozenset({SYSTEM})
_SEE, _DECIDE = frozenset({"ops", "officer"}), frozenset({"ops"})


class PublishedFilter(Schema):
    """Which events: of one type, with ids above `after`, in the order of ids."""

    type = Text(64, 1, required=True)
    after = fields.UUID(required=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(min=1, max=1000))


class PublishedIds(Schema):
    """Ids of published events. The list is complete from `known_since` up to `until`."""

    ids = fields.List(fields.UUID(), required=True)
    until = fields.UUID(required=True)
    known_since = fields.UUID(required=True)
    more = fields.Boolean(required=True)


class PublishedRef(Schema):
    """Which events."""

    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=200))


class PublishedMessages(Schema):
    """The messages of these events, in the order of the outbox; unknown events are left out."""

    messages = fields.List(fields.String(), required=True)


class ReconciliationState(Schema):
    """核对: how far one consumer was compared with its source, and the result.

    `missing`: events that never arrived and can't be fetched; `unannounced`: events that the source does not know;
    `resent`: the total of events that never arrived and were fetched.
    """

    consumer = fields.String(required=True)
    since = Timestamp(required=True)
    asked_at = Timestamp(required=True, allow_none=True)
    completed_at = Timestamp(required=True, allow_none=True)
    missing = fields.Integer(required=True)
    unannounced = fields.Integer(required=True)
    resent = fields.Integer(required=True)
    resent_at = Timestamp(required=True, allow_none=True)


class ReconciliationStates(Schema):
    """One for each consumer of a service, by name."""

    items = fields.List(fields.Nested(ReconciliationState), required=True)


class AskForReconciliation(Schema):
    """Compare everything again, as far back as events are stored, or since a moment.

    `since` also applies to consumers that were first stored later.
    """

    since = Timestamp(load_default=None, allow_none=True)


@dataclass(frozen=True)
class PublishedEventOperations:
    """The operations of one source, for other services."""

    list_published: Operation
    read_published: Operation


@dataclass(frozen=True)
class ReconciliationOperations:
    """The operations of one consuming service, for operators."""

    get: Operation
    ask: Operation


def published_event_operations(service: str) -> PublishedEventOperations:
    """Declare the operations of one service for other services."""
    return PublishedEventOperations(
        query(service, "list_published_events", request=PublishedFilter, reply=PublishedIds, allow=_SERVICES_ONLY,
              doc="Ids of what the service has announced, for those who compare them with what they received."),
        query(service, "read_published_events", request=PublishedRef, reply=PublishedMessages, allow=_SERVICES_ONLY,
              doc="The messages of announced events, for those who never received them."),
    )  # fmt: skip


_FOR_OPERATORS: tuple[Row, ...] = (
    ("get_reconciliation", Empty, ReconciliationStates, _SEE, "query",
     "How far each consumer's events are accounted for, and what was sent again.", "查看消息核对", {}),
    ("reconcile_events", AskForReconciliation, ReconciliationStates, _DECIDE, "command",
     "Compare what every consumer took with what its source announced again, now.", "重新核对消息", {}),
)  # fmt: skip


def reconciliation_operations(service: str) -> ReconciliationOperations:
    """Declare the operations of one service for operators; the gateway answers its own without RPC."""
    return ReconciliationOperations(*declared(service, _FOR_OPERATORS))


PUBLISHED_OF = {
    service: published_event_operations(service)
    for service in ("membership", "activities", "welfare", "governance", "scrutiny")
}
"""By source; the gateway publishes no events."""
RECONCILIATION_OF = {service: reconciliation_operations(service) for service in (*PUBLISHED_OF, "gateway")}
"""By consuming service."""
