"""Throttling of password guessing: failures are counted in the database, successes are not.

They are counted by name and address together, so that guessing from another address does not lock the owner out; a
device that signed in before is counted separately, so that guessing from the same address does not either. An address
alone is blocked only at a rate that a whole campus with one address does not reach.

The counters are in the database because replicas share it and a restart must not reset them. Names and addresses are
stored as keyed hashes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import sqlalchemy as sa

from gateway.identity.tables import FailedSignIn
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import TooMany
from services.chassis.security.encryption import blind_index

WINDOW = timedelta(minutes=15)
LONGEST_BLOCK = timedelta(minutes=10)


@dataclass(frozen=True)
class Allowance:
    """Failures allowed in a window, and the seconds of blocking after the first one above; doubled each time."""

    free: int
    block: timedelta


PER_NAME = Allowance(free=5, block=timedelta(seconds=30))
PER_ADDRESS = Allowance(free=3000, block=timedelta(minutes=1))
"""If 20,000 members behind one address sign in within a quarter of an hour and one in ten mistypes, that is 2,000."""


def keys_of(username: str, address: str, device: str | None = None) -> dict[str, Allowance]:
    """Return the keys under which an attempt is counted, with the allowance of each.

    Args:
        username: in its normal form.
        address: of the client.
        device: the id of a device from which this name signed in before.
    """
    if device is not None:
        return {blind_index(f"{username} on {device}", scope="sign-in device"): PER_NAME}
    return {
        blind_index(f"{username} from {address}", scope="sign-in name and address"): PER_NAME,
        blind_index(address, scope="sign-in address"): PER_ADDRESS,
    }


def require_unblocked(tx: Transaction, keys: dict[str, Allowance]) -> None:
    """Raise `TooMany` with the seconds to wait while any of the keys is blocked."""
    until = tx.session.scalar(
        sa.select(sa.func.max(FailedSignIn.blocked_until)).where(FailedSignIn.key.in_(list(keys)))
    )
    if until is None or until <= tx.now:
        return
    wait = ceil((until - tx.now).total_seconds())
    raise TooMany(
        f"Too many failed attempts. Try again in {wait} seconds.",
        rule="sign_in.not_blocked",
        params={"retry_after": wait},
    )


def note_failure(tx: Transaction, keys: dict[str, Allowance]) -> None:
    """Count a failed attempt under each key and block keys that exceed their allowance."""
    for key, allowance in sorted(keys.items()):
        _count(tx, key)
        row = tx.session.get_one(FailedSignIn, key, populate_existing=True)
        beyond = row.failures - allowance.free
        if beyond >= 0:
            row.blocked_until = tx.now + min(allowance.block * 2 ** min(beyond, 12), LONGEST_BLOCK)
            tx.session.flush()


def _count(tx: Transaction, key: str) -> None:
    new = upsert(tx.session, FailedSignIn).values(
        key=key, failures=1, first_at=tx.now, blocked_until=None, updated_at=tx.now
    )
    is_old = FailedSignIn.first_at < tx.now - WINDOW
    tx.session.execute(
        new.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "failures": sa.case((is_old, 1), else_=FailedSignIn.failures + 1),
                "first_at": sa.case((is_old, tx.now), else_=FailedSignIn.first_at),
                "updated_at": tx.now,
            },
        )
    )


def forgive(tx: Transaction, keys: dict[str, Allowance]) -> None:
    """Reset the failures of a name after the right password; the count of its address stays."""
    names = [key for key, allowance in keys.items() if allowance is PER_NAME]
    tx.session.execute(sa.delete(FailedSignIn).where(FailedSignIn.key.in_(names)))


def forget_old(tx: Transaction) -> None:
    """Delete counts whose window and block have ended."""
    tx.session.execute(sa.delete(FailedSignIn).where(FailedSignIn.updated_at < tx.now - 2 * WINDOW))
