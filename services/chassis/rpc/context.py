"""What is sent with a call beside its payload: principal, correlation id, trace, idempotency key, deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from services.chassis.clock import now
from services.chassis.identifiers import uuid7
from services.chassis.schema import Operation
from services.chassis.security.principal import ANONYMOUS, Principal, delegation_of, for_operation, sign, verify


@dataclass(frozen=True)
class CallContext:
    """Context of one call or of handling one event.

    Args:
        principal: who asks.
        correlation_id: the same for everything that one request causes, across services.
        causation_id: the event that caused this, if there is one.
        traceparent: W3C trace context of the caller, if traced.
        idempotency_key: a command with the same key is executed once and gives the same answer.
        deadline: UNIX time after which the caller no longer waits.
        delegation: by which the principal may make this call for an absent colleague; follows from the principal.
        origin: keyed hash of the network an anonymous request came from, for operations that are limited by it.
    """

    principal: Principal = ANONYMOUS
    correlation_id: str = field(default_factory=lambda: str(uuid7()))
    causation_id: str | None = None
    traceparent: str | None = None
    idempotency_key: str | None = None
    deadline: float | None = None
    origin: str | None = None
    delegation: UUID | None = None

    def of(self, operation: Operation) -> CallContext:
        """Return the context of a call of this operation: who asks, as it knows them, and by which delegation."""
        principal = for_operation(self.principal, operation)
        return replace(self, principal=principal, delegation=delegation_of(principal, operation))

    def with_principal(self, principal: Principal) -> CallContext:
        """Return the same context with another principal."""
        return replace(self, principal=principal, idempotency_key=None)

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the deadline, None where there is none."""
        return None if self.deadline is None else self.deadline - now().timestamp()

    def to_headers(self, operation: str) -> dict[str, Any]:
        """Return the context as RPC headers of a call of one operation (its id); absent values are left out."""
        values = {
            "principal": sign(self.principal, operation),
            "correlation_id": self.correlation_id,
            "causation_id": self.causation_id,
            "traceparent": self.traceparent,
            "idempotency_key": self.idempotency_key,
            "deadline": self.deadline,
            "origin": self.origin,
        }
        return {key: value for key, value in values.items() if value is not None}

    @classmethod
    def from_headers(cls, headers: Mapping[str, Any], operation: str) -> CallContext:
        """Read the context of a call of one operation. Raises `NotSignedIn` when the signature is not valid for it."""
        token = headers.get("principal")
        return cls(
            principal=verify(token, operation) if token else ANONYMOUS,
            correlation_id=headers.get("correlation_id") or str(uuid7()),
            causation_id=headers.get("causation_id"),
            traceparent=headers.get("traceparent"),
            idempotency_key=headers.get("idempotency_key"),
            deadline=headers.get("deadline"),
            origin=headers.get("origin"),
        )
