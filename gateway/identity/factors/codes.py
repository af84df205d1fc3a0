"""Codes: those of an authenticator app (TOTP, RFC 6238) and recovery codes, each good for one use.

A use is one conditional UPDATE, so that of two requests with the same code, also through two gateways, one succeeds.
"""

from __future__ import annotations

import hmac
import unicodedata
from datetime import timedelta
from uuid import UUID

import pyotp
import sqlalchemy as sa

from gateway.identity import invitations, throttling
from gateway.identity.addresses import asking_network
from gateway.identity.factors.tables import RecoveryCode, TotpFactor
from gateway.identity.throttling import Allowance
from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.engine import rows_changed
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.security.encryption import blind_index, fingerprint

STEP = 30
"""Seconds of a time step; apps assume this number, six digits and SHA-1."""
DIGITS = 6
SKEW = 1
"""Steps by which the clock of a phone may differ."""
RECOVERY_CODES = 10
_RECOVERY_LENGTH = 12
PER_ACCOUNT = Allowance(free=30, block=timedelta(minutes=1))
"""Wrong codes of one account from all addresses: about 3,000 a day. One fits by chance 3 times in a million."""


def throttling_keys(account_id: UUID) -> dict[str, Allowance]:
    """Return the keys under which wrong codes are counted: by account and address, by address, by account."""
    by_account = blind_index(str(account_id), scope="second factor account")
    return {**throttling.keys_of(f"second factor:{account_id}", asking_network()), by_account: PER_ACCOUNT}


def use(tx: Transaction, account_id: UUID, code: str) -> str | None:
    """Use a code up; return `totp` or `recovery`, or None when it is none of this account or was used before.

    Args:
        tx: the transaction of what the code permits.
        account_id: whose code it is.
        code: as typed: width, blanks and hyphens are ignored, of recovery codes case, too.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", code[:40]) if sign.isalnum())
    if len(plain) == DIGITS and plain.isascii() and plain.isdigit():
        return "totp" if _use_totp(tx, account_id, plain) else None
    mine = RecoveryCode.account_id == account_id, RecoveryCode.code_hash == _hash_of(account_id, plain)
    used = sa.update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None)).values(used_at=tx.now)
    return "recovery" if rows_changed(tx.session, used) else None


def fits(tx: Transaction, factor: TotpFactor, code: str) -> int | None:
    """Return the time step of a code that fits now, within the allowed skew of the clocks."""
    now, totp = int(tx.now.timestamp()) // STEP, pyotp.TOTP(factor.secret, digits=DIGITS, interval=STEP)
    steps = [step for step in range(now - SKEW, now + SKEW + 1) if hmac.compare_digest(totp.generate_otp(step), code)]
    return max(steps, default=None)


def new_set(tx: Transaction, account_id: UUID) -> list[str]:
    """Replace an account's recovery codes and return the new ones, which are stored nowhere else."""
    tx.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    made = [invitations.new_code(_RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    rows = [
        {
            "id": uuid7(),
            "account_id": account_id,
            "code_hash": _hash_of(account_id, code.replace("-", "")),
            "made_at": tx.now,
            "used_at": None,
        }
        for code in made
    ]
    insert_rows(tx.session, RecoveryCode.__table__, columns_of(rows), {})
    return made


def unused(tx: Transaction, account_id: UUID) -> int:
    """Return how many recovery codes an account has left."""
    mine = RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    return tx.session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode).where(*mine)) or 0


def _use_totp(tx: Transaction, account_id: UUID, code: str) -> bool:
    factor = tx.session.get(TotpFactor, account_id, populate_existing=True)
    if factor is None or factor.confirmed_at is None:
        return False
    step = fits(tx, factor, code)
    if step is None:
        return False
    unseen = sa.or_(TotpFactor.last_step.is_(None), TotpFactor.last_step < step)
    used = sa.update(TotpFactor).where(TotpFactor.account_id == account_id, unseen).values(last_step=step)
    return rows_changed(tx.session, used.execution_options(synchronize_session=False)) == 1


def _hash_of(account_id: UUID, plain: str) -> str:
    return fingerprint(f"{account_id}:{plain.upper()}", "recovery code")
