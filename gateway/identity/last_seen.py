"""When and from which address each session was used last, exact to ten minutes, so that few requests write."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, g, request

from gateway.identity.sessions import SignedIn
from gateway.identity.tables import SignedInSession
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from services.chassis import clock

PRECISION = timedelta(minutes=10)

_noted: MicroCache[UUID, bool] = MicroCache(seconds=PRECISION.total_seconds(), largest=50_000)
"""Sessions whose use this process has stored, while look-ups still remember the time before."""


def install(app: Flask) -> None:
    """Store the use of the session of each request. Install it after what reads the account."""
    app.before_request(_note_use)


def _note_use() -> None:
    account: SignedIn | None = g.get("signed_in")
    if account is None or account.last_seen_at is None:
        return
    now = clock.now()
    if account.last_seen_at > now - PRECISION or _noted.peek(account.session_id):
        return
    _noted.put(account.session_id, True)
    # Of several replicas the first one writes.
    stale = SignedInSession.id == account.session_id, SignedInSession.last_seen_at <= now - PRECISION
    used = sa.update(SignedInSession).where(*stale).values(last_seen_at=now, address=request.remote_addr)
    with gateway().transaction() as tx:
        tx.session.execute(used.execution_options(synchronize_session=False))
