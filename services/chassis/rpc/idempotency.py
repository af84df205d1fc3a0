"""Idempotency keys of commands: a repeat gets the answer that the first execution stored in its transaction.

Belongs here: single commands, and batches of commands that have a key each. Not: executing calls (`commands`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from services.chassis.database.tables import ExecutedCommand
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.chassis.schema import Operation
from services.chassis.security.encryption import fingerprint, key_ring

LONGEST_KEY = 100
_AT_ONCE = 200
"""Keys looked up in one statement; well below the limit of parameters of a statement."""


@dataclass(frozen=True)
class Keyed:
    """One command with a key; `digest` is a hash of its request. Keys of different actors are independent."""

    actor: str
    key: str
    digest: str


def keyed(operation: Operation, actor: str, key: str, request: Mapping[str, Any]) -> Keyed:
    """Return a command with its key.

    Args:
        operation: the command.
        actor: who asked, `Principal.actor`.
        key: as sent.
        request: typed values of the operation's request.

    Raises:
        InvalidInput: the key is too long.
    """
    if len(key) > LONGEST_KEY:
        error = InputError("input.too_long", f"At most {LONGEST_KEY} characters.", max=LONGEST_KEY)
        raise InvalidInput(errors={"Idempotency-Key": [error]})
    text = json.dumps(operation.request_schema.dump(request), sort_keys=True, ensure_ascii=False)
    return Keyed(actor, key, fingerprint(text, operation.id))


def answered_once(
    tx: Transaction, operation: Operation, key: str, request: Mapping[str, Any], run: Callable[[], Any]
) -> Any:
    """Return the stored answer of a repeated command; else `run` it and store its answer.

    Raises:
        InvalidInput: the key is too long, or was used for another request.
    """
    asked = keyed(operation, tx.principal.actor, key, request)
    if tx.principal.kind == "anonymous":  # Anonymous callers share one actor: only an identical request is a repeat.
        asked = replace(asked, actor=f"anonymous {asked.digest[:48]}")
    before = answers_before(tx, operation, [asked]).get(asked)
    if isinstance(before, InvalidInput):
        raise before
    if before is not None:
        return before
    reply = run()
    keep_answers(tx, operation, [(asked, reply)])
    return reply


def was_answered(tx: Transaction, key: str | None) -> bool:
    """Whether a command with this key was answered: then its repeat needs nothing that is prepared beforehand.

    Keys of anonymous callers are not found, since they count for the same request only.
    """
    if key is None:
        return False
    same = (ExecutedCommand.actor == tx.principal.actor, ExecutedCommand.key == key)
    return tx.session.scalar(sa.select(ExecutedCommand.operation).where(*same)) is not None


def answers_before(tx: Transaction, operation: Operation, asked: Iterable[Keyed]) -> dict[Keyed, Any | InvalidInput]:
    """Return the stored answers of keys that were used, in JSON form, and lock the keys until the transaction ends.

    A key that was used for another request has `InvalidInput` as its answer. Call this before taking other locks.
    """
    wanted = list(dict.fromkeys(asked))
    tx.lock_all(f"key-{one.actor}-{one.key}" for one in wanted)
    found: dict[tuple[str, str], ExecutedCommand] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        pairs = [(one.actor, one.key) for one in wanted[start : start + _AT_ONCE]]
        columns = sa.tuple_(ExecutedCommand.actor, ExecutedCommand.key)
        rows = tx.session.scalars(sa.select(ExecutedCommand).where(columns.in_(pairs)))
        found.update({(row.actor, row.key): row for row in rows})
    return {one: _answer(operation, one, found[one.actor, one.key]) for one in wanted if (one.actor, one.key) in found}


def keep_answers(tx: Transaction, operation: Operation, answers: Sequence[tuple[Keyed, Any]]) -> None:
    """Store answers in JSON form in the transaction of the commands."""
    tx.session.add_all(
        ExecutedCommand(
            actor=asked.actor,
            key=asked.key,
            operation=operation.id,
            request_hash=asked.digest,
            reply=_sealed(reply),
            at=tx.now,
        )
        for asked, reply in answers
    )


def _answer(operation: Operation, asked: Keyed, done: ExecutedCommand) -> Any | InvalidInput:
    if done.operation == operation.id and done.request_hash == asked.digest:
        return _unsealed(done.reply)
    return InvalidInput(
        "This idempotency key was used for another request.",
        code="idempotency_key_reused",
        field="Idempotency-Key",
        rule="idempotency_key_names_one_request",
    )


def _sealed(reply: Any) -> dict[str, str]:
    """Encrypt an answer to be stored: it may contain a receipt code or a name."""
    return {"sealed": key_ring().encrypt(json.dumps(reply, ensure_ascii=False))}


def _unsealed(kept: Mapping[str, Any]) -> Any:
    return json.loads(key_ring().decrypt(kept["sealed"]))
