"""Checks that the servers a command needs can be reached; else raises a sentence with the server, reason and setting.

Belongs here: connecting to database and broker, and classifying errors. Not: using them.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import eventlet
import sqlalchemy as sa
from amqp.exceptions import AMQPError

from services.chassis.broker import publisher
from services.chassis.database.engine import Database
from services.chassis.process.settings import SERVICES, settings
from services.chassis.process.signals import raise_if_asked

TRY_SECONDS = 8.0
"""Seconds one attempt may take."""
AGAIN_AFTER = 1.0
"""Seconds between attempts."""

_FOR_GOOD = ("authentication failed", "does not exist", "no pg_hba.conf", "no password", "SSL", "certificate", "denied")
"""Parts of PostgreSQL's messages of permanent errors. Others may be temporary, such as a server that is starting."""


class NotReached(Exception):
    """A server can't be used; the message is a sentence for people.

    Args:
        sentence: the server, the reason, and the setting with its address.
        may_pass: whether the error may be temporary: the server is away, and did not refuse.
    """

    def __init__(self, sentence: str, *, may_pass: bool) -> None:
        super().__init__(sentence)
        self.may_pass = may_pass


def require_databases(services: Iterable[str] = SERVICES, *, patience: float = 0.0) -> None:
    """Raise `NotReached` unless the databases of these services answer.

    Args:
        services: names of the services.
        patience: seconds to wait for servers that are away; does not wait for one that refuses.
    """
    end = time.monotonic() + patience
    for service in services:
        _insist(lambda service=service: _try_database(service), end)  # type: ignore[misc]


def require_broker(*, patience: float = 0.0) -> None:
    """Raise `NotReached` unless the broker accepts a connection; `patience` as for databases."""
    if not settings().embedded:
        _insist(_try_broker, time.monotonic() + patience)


def setting_of_database(service: str) -> str:
    """Return the name of the variable with the URL of a service's database."""
    own = dict(settings().overrides).get(service)
    return f"GONGHUI_{service.upper()}_DATABASE_URL" if own else "GONGHUI_DATABASE_URL"


def reason_of(error: BaseException) -> str:
    """Return a short text for an error of a database or broker, without passwords."""
    if isinstance(error, sa.exc.DBAPIError):
        text = str(error.orig).strip().partition("\n")[0].rpartition(" failed: ")[2]
        return text.removeprefix("FATAL:").strip() or "no reason was given"
    told = getattr(error, "reply_text", None) or _words_of(error) or str(error)
    return str(told).strip() or type(error).__name__


def _words_of(error: BaseException) -> str | None:
    """Return the system's text for an error of which drivers give only the name."""
    if not isinstance(error, OSError):
        return None
    known = error.errno in errno.errorcode and not isinstance(error, socket.gaierror)
    return os.strerror(error.errno) if known and error.errno else error.strerror


def _insist(attempt: Callable[[], None], end: float) -> None:
    while True:
        try:
            attempt()
        except NotReached as error:
            if not error.may_pass or time.monotonic() + AGAIN_AFTER > end:
                raise
            raise_if_asked()
            eventlet.sleep(AGAIN_AFTER)
        else:
            return


def _try_database(service: str) -> None:
    setting = setting_of_database(service)
    try:
        database = Database(settings().database_url_of(service), pool_size=1)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise NotReached(f"{setting} is no address of a database.", may_pass=False) from error
    url = database.url
    place = url.database if database.is_sqlite else f"{url.host or 'localhost'}:{url.port or 5432}/{url.database}"
    whose = f"The database of {service} can't be used ({place}, which {setting} names)"
    try:
        with eventlet.Timeout(TRY_SECONDS):
            _connect(database)
    except eventlet.Timeout:
        raise NotReached(f"{whose}: no answer within {TRY_SECONDS:.0f} seconds.", may_pass=True) from None
    except (sa.exc.DBAPIError, OSError) as error:
        reason = reason_of(error)
        for_good = database.is_sqlite or any(word in reason for word in _FOR_GOOD)
        raise NotReached(f"{whose}: {_closed(reason)}", may_pass=not for_good) from error
    finally:
        database.close()


def _connect(database: Database) -> None:
    if database.is_sqlite and database.url.database and not Path(database.url.database).parent.is_dir():
        raise NotADirectoryError(0, f"there is no folder {Path(database.url.database).parent}")
    with database.engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))


def _try_broker() -> None:
    whose = f"The broker can't be used ({_place_of_broker()}, which GONGHUI_AMQP_URL names)"
    try:
        with eventlet.Timeout(TRY_SECONDS), publisher.connection(settings().amqp_url) as link:
            link.connect()
    except eventlet.Timeout:
        raise NotReached(f"{whose}: no answer within {TRY_SECONDS:.0f} seconds.", may_pass=True) from None
    except ssl.SSLError as error:
        reason = f"TLS failed, {error.reason or error}; does this port speak TLS, and is its certificate known here?"
        raise NotReached(f"{whose}: {reason}", may_pass=False) from error
    except AMQPError as error:
        raise NotReached(f"{whose}: {_closed(reason_of(error))}", may_pass=False) from error
    except OSError as error:
        hint = (
            ""
            if error.errno not in (None, errno.ECONNRESET)
            else "; if its port speaks TLS, the address begins with amqps://"
        )
        raise NotReached(f"{whose}: {reason_of(error)}{hint}.", may_pass=True) from error


def _place_of_broker() -> str:
    try:
        parts = urlsplit(settings().amqp_url)
        port = parts.port or {"amqp": 5672, "amqps": 5671}[parts.scheme]
    except (ValueError, KeyError):
        sentence = "GONGHUI_AMQP_URL is no address of a broker, such as amqp://user:password@host:5672/vhost."
        raise NotReached(sentence, may_pass=False) from None
    return f"{parts.hostname}:{port}{parts.path or '/'}"


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."
