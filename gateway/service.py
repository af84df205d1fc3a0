"""The gateway as a nameko service: it serves HTTP and keeps its views from events. Assembly only."""

from __future__ import annotations

from gateway.app import create_app
from gateway.identity.entrypoints import IdentityEntrypoints
from gateway.jobs.registry import GatewayWork
from gateway.read_models.entrypoints import ActivityViews, GovernanceViews, MembershipViews, PrivacyViews, WelfareViews
from gateway.read_models.standing_entrypoints import StandingViews
from gateway.rpc.invalidations import INVALIDATIONS
from services.chassis.broker.broadcast import Broadcast
from services.chassis.process.runtime import ServiceRuntime
from services.chassis.web.server import WsgiServer


class Gateway(
    IdentityEntrypoints,
    MembershipViews,
    StandingViews,
    PrivacyViews,
    ActivityViews,
    WelfareViews,
    GovernanceViews,
    GatewayWork,
):
    """门户: what people and programs meet."""

    name = "gateway"
    runtime = ServiceRuntime()
    http = WsgiServer(create_app)
    invalidations = Broadcast("invalidations", INVALIDATIONS)
