"""What becomes of a command that lost to another one: repeated once, then told as a conflict."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.rpc.commands import as_problem, in_one_transaction


class Deadlock(Exception):
    pgcode = "40P01"


def losing(times: int, error: Exception) -> tuple[Callable[[], Any], list[int]]:
    """Return a command that loses so often before it succeeds, and its attempts."""
    attempts: list[int] = []

    def change(_tx: Any, _request: Any) -> str:
        attempts.append(1)
        if len(attempts) <= times:
            raise error
        return "done"

    operation = SimpleNamespace(kind="command", unlinked=False, reply_schema=SimpleNamespace(dump=lambda reply: reply))
    call = SimpleNamespace(context=SimpleNamespace(idempotency_key=None), transaction=lambda readonly: nullcontext())
    run = in_one_transaction(cast(Any, operation), change)
    return lambda: run(cast(Any, call), {}), attempts


LOST = [StaleDataError("0 were matched"), sa.exc.DBAPIError("UPDATE", {}, Deadlock())]


@pytest.mark.parametrize("error", LOST)
def test_a_command_that_lost_is_repeated_once(error: Exception) -> None:
    run, attempts = losing(1, error)
    assert (run(), len(attempts)) == ("done", 2)
    run, attempts = losing(2, error)
    with pytest.raises(type(error)):
        run()
    assert len(attempts) == 2


@pytest.mark.parametrize("error", [LOST[0], sa.exc.IntegrityError("INSERT", {}, Exception())])
def test_what_was_stored_meanwhile_is_a_conflict_and_no_defect(error: Exception) -> None:
    assert (as_problem(error).status, as_problem(error).code) == (409, "stored_meanwhile")
