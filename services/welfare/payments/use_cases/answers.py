"""The funds' answers, and what subjects do then: each answer is told once, only about the last that was asked.

A subject registers its reaction where its use cases are:

    @on_paid("trip")
    def note_paid(tx: Transaction, answer: Answer) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.welfare.payments.tables import Funding, PaymentRequest
from services.welfare.payments.use_cases.stored import locked


@dataclass(frozen=True)
class Answer:
    """What the funds answered about a source: the entry, or the rule that refused."""

    source_id: UUID
    claim: int
    entry_id: UUID | None = None
    rule: str | None = None
    reason_code: str | None = None


Reaction = Callable[[Transaction, Answer], None]

_REACTIONS: dict[tuple[str, str], Reaction] = {}


def on_paid(source_type: str) -> Callable[[Reaction], Reaction]:
    """Register what follows when the payment of such a source was posted."""
    return _registered("recorded", source_type)


def on_payment_refused(source_type: str) -> Callable[[Reaction], Reaction]:
    """Register what follows when the payment of such a source was refused."""
    return _registered("refused", source_type)


def on_payment_reversed(source_type: str) -> Callable[[Reaction], Reaction]:
    """Register what follows when the entry of such a source's payment was reversed."""
    return _registered("reversed", source_type)


def on_funding_committed(source_type: str) -> Callable[[Reaction], Reaction]:
    """Register what follows when money was reserved for such a source."""
    return _registered("committed", source_type)


def on_funding_refused(source_type: str) -> Callable[[Reaction], Reaction]:
    """Register what follows when no money could be reserved for such a source."""
    return _registered("funding_refused", source_type)


def hear_payment(tx: Transaction, event: ReceivedEvent, state: str) -> None:
    """Store the answer to a payment (recorded, refused, reversed), and tell its subject.

    One about an earlier claim, or older than the last that was heard, is ignored.
    """
    data = event.data
    row = locked(tx, PaymentRequest, data["source_type"], data["source_id"])
    if row is None or data["claim"] != row.claim or event.sequence <= row.sequence:
        return
    row.sequence = event.sequence
    if row.state == state == "recorded":
        return
    row.state = state
    row.entry_id = data["entry_id"] if state == "recorded" else None
    row.refused_rule, row.reason_code = data.get("rule"), data.get("reason_code")
    _tell(tx, state, row.source_type, Answer(row.source_id, row.claim, row.entry_id, row.refused_rule, row.reason_code))


def hear_funding(tx: Transaction, event: ReceivedEvent, state: str) -> None:
    """Store the answer to a reservation (committed, refused), and tell its subject; only the first to the last one."""
    data = event.data
    row = locked(tx, Funding, data["source_type"], data["source_id"])
    if row is None or data["claim"] != row.claim or row.state != "asked":
        return
    row.state = state
    row.refused_rule, row.reason_code = data.get("rule"), data.get("reason_code")
    moment = "committed" if state == "committed" else "funding_refused"
    _tell(tx, moment, row.source_type, Answer(row.source_id, row.claim, None, row.refused_rule, row.reason_code))


def subject_asks_again(source_type: str) -> bool:
    """Whether a subject keeps for itself that its payment was refused, and so asks again by its own operation."""
    return ("refused", source_type) in _REACTIONS


def _registered(moment: str, source_type: str) -> Callable[[Reaction], Reaction]:
    def register(reaction: Reaction) -> Reaction:
        if _REACTIONS.setdefault((moment, source_type), reaction) is not reaction:
            raise ValueError(f"two reactions to {moment} of {source_type}")
        return reaction

    return register


def _tell(tx: Transaction, moment: str, source_type: str, answer: Answer) -> None:
    reaction = _REACTIONS.get((moment, source_type))
    if reaction is not None:
        tx.session.flush()
        reaction(tx, answer)
