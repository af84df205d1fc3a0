"""The gateway as a nameko service: serves HTTP and updates its views from events. Assembly only."""

from __future__ import annotations

from gateway.app import create_app
from gateway.identity.entrypoints import IdentityEntrypoints
from gateway.jobs.entrypoints import working
from gateway.notices.entrypoints import NoticeEntrypoints
from gateway.reactions import reacting
from gateway.read_models.entrypoints import indexing
from gateway.rpc.invalidations import INVALIDATIONS
from gateway.subjects import SUBJECTS
from services.chassis.broker.broadcast import Broadcast
from services.chassis.process.runtime import ServiceRuntime
from services.chassis.web.server import WsgiServer


class Gateway(
    IdentityEntrypoints,
    NoticeEntrypoints,
    reacting(SUBJECTS),  # type: ignore[misc]
    working(SUBJECTS),  # type: ignore[misc]
    indexing(SUBJECTS),  # type: ignore[misc]
):
    """门户: what people and programs meet."""

    name = "gateway"
    runtime = ServiceRuntime()
    http = WsgiServer(create_app)
    invalidations = Broadcast("invalidations", INVALIDATIONS)
