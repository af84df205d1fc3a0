"""The whole union in the test's own process, without broker and sockets: for what has to do with neither.

Calls go straight from the gateway's app to the entrypoints of the services, and back as JSON; events go to their
consumers after the command that announced them, and long work is done after the command that asked for it. The
databases are SQLite files, migrated as `make run` does. Reminders, which work by the clock, do not run; what services
do every few seconds runs where a demo waits for it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from unittest import mock
from urllib.parse import urlsplit

import requests
from flask import Flask
from nameko.containers import ServiceContainer
from nameko.timer import Timer
from requests.adapters import BaseAdapter
from werkzeug.test import Client

from deploy.demo import loading
from deploy.demo.union import DemoUnion
from deploy.home import settle_in
from deploy.preparation import bring_schemas_up_to_date
from deploy.shipped import bring_shipped_rules
from deploy.union import all_services
from gateway.app import create_app
from gateway.http import rate_limits
from gateway.rpc import caching
from services.chassis import json_bytes
from services.chassis.database.engine import Database
from services.chassis.entrypoints import EventEntrypoint
from services.chassis.errors import Problem
from services.chassis.events import handlers, outbox
from services.chassis.events.envelope import encode
from services.chassis.jobs import lease, runner
from services.chassis.jobs.requester import asker_now
from services.chassis.jobs.runner import LongWorkEntrypoint
from services.chassis.process import settings as settings_module
from services.chassis.process.runtime import Work
from services.chassis.process.settings import EMBEDDED_AMQP_URL, settings
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from tests.support.stack import GENEROUS, PASSWORD, UNHURRIED

SEED, ACCOUNTS = 2023, 40
URL = "http://union.test"
BATCH = 500
SOON = 5
"""Seconds: what is done more seldom reminds of what the clock says."""


class Services:
    """The services of one union; stands where the RPC client stands."""

    def __init__(self) -> None:
        self._classes = {service.name: service for service in all_services()}
        self.databases = {name: Database(settings().database_url_of(name)) for name in self._classes}
        self._reactions: dict[tuple[str, str], list[handlers.Reaction]] = {}
        self._long_work: dict[str, dict[str, LongWorkEntrypoint]] = {name: {} for name in self._classes}
        self._timers: list[tuple[str, str]] = []
        self._announced = False
        self._busy = False
        for name, service in self._classes.items():
            self.databases[name].listeners.append(self._note)
            for entrypoint in ServiceContainer(service, {"AMQP_URI": EMBEDDED_AMQP_URL}).entrypoints:
                if isinstance(entrypoint, EventEntrypoint):
                    event = entrypoint.event
                    self._reactions.setdefault((event.source, event.type), []).append(self._reaction(name, entrypoint))
                elif isinstance(entrypoint, LongWorkEntrypoint):
                    self._long_work[name][entrypoint.kind] = entrypoint
                elif isinstance(entrypoint, Timer) and entrypoint.interval <= SOON:
                    self._timers.append((name, entrypoint.method_name))

    def call(
        self, operation: Operation, payload: Mapping[str, Any], context: CallContext, deadline: float | None = None
    ) -> dict[str, Any]:
        """Let the owning service answer; see `RpcClient.call`. The deadline plays no part."""
        worker = self._worker(operation.service, context.to_headers(operation.id))
        answer = getattr(worker, operation.name)(_sent(payload))
        if operation.kind == "command":
            self.settle()
        if "problem" in answer:
            raise Problem.from_wire(_sent(answer["problem"]))
        return cast("dict[str, Any]", _sent(answer["ok"]))

    def settle(self) -> None:
        """Hand events to their consumers and do the work that is due, until neither is left."""
        if self._busy:
            return
        self._busy = True
        try:
            while self._announced or self._work():
                self._announced = False
                for source, database in self.databases.items():
                    self._deliver_from(source, database)
        finally:
            self._busy = False

    def let_pass(self) -> None:
        """Do what services do every few seconds, once, and what follows from it."""
        for service, method in self._timers:
            getattr(self._worker(service, {}), method)()
        self.settle()

    def close(self) -> None:
        """Close the databases."""
        for database in self.databases.values():
            database.close()

    def _deliver_from(self, source: str, database: Database) -> None:
        with database.session() as session:
            rows = outbox.unpublished(session, BATCH)
            if rows:
                outbox.mark_published(session, [row.position for row in rows], rows[-1].time, settled=True)
        self._announced |= len(rows) == BATCH
        for kind in dict.fromkeys(row.type for row in rows):  # as queues do: in order within a type
            bodies = [encode(source, row).decode() for row in rows if row.type == kind]
            for reaction in self._reactions.get((source, kind), ()):
                assert reaction.take(bodies), f"{reaction.consumer} could not take {kind}"

    def _work(self) -> bool:
        """Do a chunk of one job; whether there was one."""
        for service, kinds in self._long_work.items():
            database = self.databases[service]
            if kinds and (found := lease.next_due(database, list(kinds))):
                job_id, kind = found
                entrypoint = kinds[kind]

                def advance(chunk: Any, prepare: Any, roles: Any, entrypoint: Any = entrypoint) -> None:
                    asker = partial(asker_now, roles=roles, asked_by=entrypoint.asked_by)
                    runner.advance(database, job_id, chunk, prepare, asker)  # noqa: B023  called in this round

                getattr(self._worker(service, {}), entrypoint.method_name)(advance)
                return True
        return False

    def _reaction(self, service: str, entrypoint: EventEntrypoint) -> handlers.Reaction:
        consumer = f"{service}.{entrypoint.method_name}"

        def handle(tx: Any, given: Any) -> None:
            getattr(self._worker(service, {}), entrypoint.method_name)(lambda react: react(tx, given))

        wrap = handlers.all_together if entrypoint.batch else handlers.one_at_a_time
        return handlers.Reaction(consumer, entrypoint.event, self.databases[service], wrap(consumer, handle))

    def _worker(self, service: str, headers: Mapping[str, Any]) -> Any:
        worker = self._classes[service]()
        worker.runtime = Work(service, self.databases[service], cast("RpcClient", self), headers)
        return worker

    def _note(self) -> None:
        self._announced = True


def _sent(value: Any) -> Any:
    """The value as it comes out of a message."""
    return json.loads(json_bytes.encode(value))


class InProcessAdapter(BaseAdapter):
    """Answers the requests of a `requests.Session` by a WSGI app."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:  # type: ignore[override]
        """Ask the app."""
        parts = urlsplit(str(request.url))
        body = request.body if isinstance(request.body, bytes | None) else str(request.body).encode()
        answer = Client(self._app, use_cookies=False).open(
            parts.path, base_url=URL, method=request.method, query_string=parts.query,
            headers=list(request.headers.items()), data=body,
        )  # fmt: skip
        response = requests.Response()
        response.status_code, response.reason, response.request = answer.status_code, answer.status, request
        response.url, response.raw = str(request.url), BytesIO(answer.data)
        response.headers.update(answer.headers)
        response.encoding = "utf-8"
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _, rest = cookie.partition("=")
            response.cookies.set(name, rest.partition(";")[0])
        return response

    def close(self) -> None:
        """Hold nothing open."""


class InProcessUnion:
    """A union as the tests see it; `url` is where its sessions answer."""

    url = URL

    def __init__(self, folder: Path, services: Services, app: Flask) -> None:
        self.folder = folder
        self.services = services
        self.env: dict[str, str] = {}
        self._adapter = InProcessAdapter(app)

    def session(self) -> requests.Session:
        """A session whose requests the union answers."""
        session = requests.Session()
        session.mount(URL, self._adapter)
        session.hooks["response"].append(lambda answer, **_: session.cookies.update(answer.cookies))
        return session


def load_demo(folder: Path, members: int) -> None:
    """Make a union in a new folder and load the demo into it with `ACCOUNTS`, for copies of it to be opened or run."""
    with _at_home(folder):
        for _ in (*bring_schemas_up_to_date(), *bring_shipped_rules()):
            pass
        services = Services()
        try:
            with (
                mock.patch.object(loading, "calling", partial(_yielding, services)),
                mock.patch.object(DemoUnion, "pause", services.let_pass),
            ):
                for _ in loading.load_into_running(members, seed=SEED, accounts=ACCOUNTS):
                    pass
            services.settle()
        finally:
            services.close()


@contextmanager
def in_process_union(loaded: Path, folder: Path) -> Iterator[InProcessUnion]:
    """Open a copy of a loaded union while the block runs."""
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    with _at_home(folder):
        services = Services()
        try:
            yield InProcessUnion(folder, services, create_app(services.databases["gateway"], services))
        finally:
            services.close()


@contextmanager
def _yielding(services: Services, _name: str) -> Iterator[Services]:
    yield services


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """Let this process's settings be those of the union in a folder while the block runs."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GONGHUI_") and name != "PORT"}
    given = {"GONGHUI_DEMO_PASSWORD": PASSWORD, "GONGHUI_RATE_LIMIT": GENEROUS, "DATA": str(folder), **UNHURRIED}
    umask = os.umask(0o077)
    with mock.patch.dict(os.environ, {**own, **given}, clear=True):
        settle_in(folder)
        _forget()
        try:
            yield
        finally:
            os.umask(umask)
    _forget()


def _forget() -> None:
    settings_module.reset()
    caching.clear_all()
    rate_limits.forget_counts()
