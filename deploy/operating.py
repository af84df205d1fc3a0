"""Operators' queries about a running union: state of the services, accounts, verification of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import sqlalchemy as sa

from deploy.configuration import release
from deploy.reach import NotReached, require_broker, require_databases
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.migrations import pending
from services.chassis.database.transaction import transaction
from services.chassis.errors import Problem
from services.chassis.events import inbox, outbox
from services.chassis.process.runner import calling
from services.chassis.process.settings import SERVICES, settings
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import service_principal
from services.contracts.governance.funds.bookkeeping import verify_ledger_part
from services.contracts.published_events import PUBLISHED_OF

ANSWER_SECONDS = 5.0


class NotWell(Exception):
    """A check failed; the printed lines say which."""


def status() -> Iterator[str]:
    """Yield a line for the broker and one for each service: process, database, schema, outbox, failed events.

    Raises:
        NotWell: at least one of them is not well.
    """
    yield f"gonghui {release()}"
    broker = _said(require_broker)
    yield f"broker: {broker or ('in the process' if settings().embedded else 'answers')}"
    well = broker is None
    answers = {} if broker else _processes()
    for service in SERVICES:
        process = answers.get(service, "not asked, without a broker")
        refused = _said(lambda service=service: require_databases([service]))
        database, sound = (refused, False) if refused else _database(service)
        well = well and sound and process == "answers"
        yield f"{service}: process {process}; {database}"
    if not well:
        raise NotWell


def _said(check: Any) -> str | None:
    try:
        check()
    except NotReached as error:
        return str(error)
    return None


def _processes() -> dict[str, str]:
    """Return whether a process of each service answers: services over the broker, the gateway over HTTP.

    An embedded union is one process with a broker that nobody else reaches: its gateway answers for all.
    """
    if settings().embedded:
        return dict.fromkeys(SERVICES, _gateway_answers())
    with calling("status") as client:
        found = {service: _answers(client, service) for service in PUBLISHED_OF}
    return {**found, "gateway": _gateway_answers()}


def _gateway_answers() -> str:
    host = "127.0.0.1" if settings().host in ("0.0.0.0", "::") else settings().host  # noqa: S104
    try:
        with urlopen(f"http://{host}:{settings().port}/healthz", timeout=ANSWER_SECONDS):
            return "answers"
    except OSError:
        return f"does not answer at {host}:{settings().port} (GONGHUI_HOST, GONGHUI_PORT)"


def _answers(client: RpcClient, service: str) -> str:
    question = {"type": "status", "after": UUID(int=0), "limit": 1}
    context = CallContext(principal=service_principal("status"))
    try:
        client.call(PUBLISHED_OF[service].list_published, question, context, ANSWER_SECONDS)
    except Problem as problem:
        return f"does not answer ({problem.detail.rstrip('.')})"
    return "answers"


def _database(service: str) -> tuple[str, bool]:
    """Return the report about a service's database, and whether it is in order."""
    with closing(Database(settings().database_url_of(service), pool_size=1)) as database:
        steps = pending(service, database)
        if steps:
            return f"database answers, schema lacks {len(steps)} steps: run `gonghui migrate`", False
        with database.session(readonly=True) as session:
            depth, age = outbox.depth_and_age(session, clock.now())
            counts = inbox.counts(session)
    told = f"outbox {depth} waiting, {age:.0f} s; events {counts['failed']} failed, {counts['dead']} dead"
    return f"database answers, schema up to date; {told}", not counts["dead"]


def ledger_verdict() -> Iterator[str]:
    """Verify the ledger part by part; yields the progress, then the result.

    Raises:
        NotWell: it is not intact.
    """
    part: dict[str, Any] = {}
    with calling("cli") as client:
        while not part.get("ended"):
            so_far: dict[str, Any] = {
                name: part[name] for name in ("entries", "last_hash", "places", "begun") if name in part
            }
            part = client.call(verify_ledger_part, so_far, CallContext(principal=service_principal("cli")), 60.0)
            yield f"{part['entries']} of {part['total']} entries proved"
    if not part["intact"]:
        yield f"NOT whole, at {part['broken_at'] or 'its end'}: {part['finding']}"
        raise NotWell
    yield f"the ledger is whole; its last digest is {part['last_hash']}"


def accounts(search: str, after: str, limit: int) -> Iterator[str]:
    """Yield a line for each account by user name: name, kind, since when, whether it is closed.

    Args:
        search: beginning of the user name.
        after: the last user name of the page before.
        limit: lines at most.
    """
    from gateway.identity.tables import Account

    wanted = sa.select(Account).where(Account.username > after)
    if search:
        wanted = wanted.where(Account.username.startswith(search, autoescape=True))
    with _gateway() as gateway, gateway.session(readonly=True) as session:
        for account in session.scalars(wanted.order_by(Account.username).limit(limit)):
            kind = f"program {account.program_role}" if account.program_role else "member"
            kind = kind if account.program_role or account.member_id else "applicant"
            closed = f"\tclosed {account.disabled_at:%Y-%m-%d}" if account.disabled_at else ""
            told = "\tpassword to be changed" if account.must_change_password else ""
            since = f"since {account.created_at:%Y-%m-%d}"
            yield f"{account.username}\t{kind}\t{account.member_id or '-'}\t{since}{told}{closed}"


def reset_password(username: str) -> str:
    """Set a new random password for an account, end its sessions, and return the password.

    A person must change it at the next sign-in.

    Raises:
        NotFound: there is no such account, or it is closed.
    """
    from gateway.identity.new_password import MADE_BYTES, set_for_owner
    from gateway.identity.passwords import new_secret

    made = new_secret(MADE_BYTES)
    context = CallContext(principal=service_principal("gonghui accounts"))
    with _gateway() as gateway, transaction(gateway, context) as tx:
        set_for_owner(tx, username, made)
    return made.text


def reset_second_factor(username: str, reason: str) -> None:
    """Remove all second factors of an account and end its sessions.

    Raises:
        NotFound: there is no such account, or it is closed.
        Refused: it has none.
    """
    from gateway.identity.factors.owning import reset

    context = CallContext(principal=service_principal("gonghui accounts"))
    with _gateway() as gateway, transaction(gateway, context) as tx:
        reset(tx, username, reason)


def _gateway() -> closing[Database]:
    return closing(Database(settings().database_url_of("gateway"), pool_size=1))
