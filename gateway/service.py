"""The gateway as a nameko service: it serves HTTP and keeps its views from events. Assembly only."""

from __future__ import annotations

from gateway.app import create_app
from gateway.identity.entrypoints import IdentityEntrypoints
from gateway.invalidations import INVALIDATIONS
from gateway.views.entrypoints import ActivityViews, GovernanceViews, MembershipViews, PrivacyViews, WelfareViews
from gateway.views.standing_entrypoints import StandingViews
from gateway.work import GatewayWork
from services.chassis.broadcast import Broadcast
from services.chassis.runtime import ServiceRuntime
from services.chassis.web import WsgiServer


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
