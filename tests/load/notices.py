"""5,000 notices at once: recorded, queued and e-mailed, beside the same messages sent by smtplib alone."""

from __future__ import annotations

import os
import smtplib
import ssl
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import Mock
from uuid import UUID

import sqlalchemy as sa

from gateway.app import create_app
from gateway.identity.tables import Account
from gateway.notices import delivery, mail
from gateway.notices.recording import record
from gateway.notices.tables import NoticeDelivery, NoticeSettings
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.support.mail_server import PASSWORD, USER, MailServer

MANY, FEWER = 5_000, 500
MOST = 2.0


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield how long it takes to tell so many people, and to e-mail them."""
    count = FEWER if ground.quick else MANY
    recorded: list[float] = []
    sent: list[float] = []
    limits: list[float] = []
    for _ in range(ground.rounds):
        with _gateway(ground, count) as (database, members), _mail() as server:
            recorded.append(_timed(lambda: _record(database, members)))  # called at once
            app = create_app(database, Mock(), with_portal=True)
            sent.append(_timed(lambda: _deliver(app, database)))  # noqa: B023
            with database.session(readonly=True) as session:
                states = sa.select(NoticeDelivery.state, sa.func.count()).group_by(NoticeDelivery.state)
                assert session.execute(states).all() == [("sent", count)]
            example = server.received()[0]
            server.forget()
            limits.append(_timed(lambda: _plainly(server, example, count)))  # noqa: B023
    limit, took = median(limits), median(sent)
    beside = f"{limit:.2f} s: smtplib, one connection"
    yield Figure(
        f"{count:,} notices at once, e-mailed", f"{took:.2f} s", beside, took / limit, f"≤ {MOST:g}×",
        took <= MOST * limit, f"{count / took:,.0f}/s: claimed, written, sent, outcome stored",
    )  # fmt: skip
    yield Figure("  recorded and queued in one transaction", f"{median(recorded):.2f} s")


def _timed(do: Any) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _record(database: Database, members: list[UUID]) -> None:
    event, now = uuid7(), clock.now()
    told = {"kind": "dues_reminded", "event_id": event, "subject_id": event, "at": now, "params": {}}
    with transaction(database) as tx:
        record(tx, ({"recipient_id": member_id, **told} for member_id in members))


def _deliver(app: Any, database: Database) -> None:
    while delivery.is_due(database, ("email",)):
        delivery.deliver_mail(app, database, mail.send)


def _plainly(server: MailServer, example: Any, count: int) -> None:
    with smtplib.SMTP("localhost", server.port) as connection:
        connection.starttls(context=ssl.create_default_context())
        connection.login(USER, PASSWORD)
        for _ in range(count):
            connection.send_message(example)


@contextmanager
def _mail() -> Iterator[MailServer]:
    """Run a mail server, and let the settings name it."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = MailServer(Path(folder))
        stack.callback(server.stop)
        given = {
            "GONGHUI_SMTP_URL": server.url, "GONGHUI_MAIL_FROM": "union@example.edu.cn",
            "GONGHUI_PUBLIC_URL": "https://union.example.edu.cn", "SSL_CERT_FILE": str(server.certificate),
        }  # fmt: skip
        before = {name: os.environ.get(name) for name in given}
        os.environ.update(given)
        settings.reset()
        try:
            yield server
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
            settings.reset()


@contextmanager
def _gateway(ground: Ground, count: int) -> Iterator[tuple[Database, list[UUID]]]:
    """Yield a migrated gateway database with so many accounts that have a confirmed address, and their members."""
    url = ground.server.new_database("notices")
    upgrade("gateway", url)
    database = Database(url, pool_size=4)
    people = [(uuid7(), uuid7()) for _ in range(count)]
    now = clock.now()
    with database.session() as session:
        session.execute(
            sa.insert(Account),
            [
                {
                    "id": account_id, "member_id": member_id, "username": f"n{place:06d}", "password_hash": "-",
                    "created_at": now, "password_changed_at": now,
                }
                for place, (account_id, member_id) in enumerate(people)
            ],
        )  # fmt: skip
        session.execute(
            sa.insert(NoticeSettings),
            [
                {
                    "account_id": account_id, "email": f"n{place:06d}@example.edu.cn", "confirmed_at": now,
                    "code_tries": 0, "version": 1,
                }
                for place, (account_id, _) in enumerate(people)
            ],
        )  # fmt: skip
    try:
        yield database, [member_id for _, member_id in people]
    finally:
        database.close()
        ground.server.drop_database(url)
