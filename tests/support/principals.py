"""Who asks, as headers of a call that tests make past the broker, whatever operation it is for."""

from __future__ import annotations

from typing import Any

import jwt

from services.chassis.clock import now
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import LIFETIME, claims_of


def headers_of(context: CallContext) -> dict[str, Any]:
    """Return a context as headers whose signature names no operation, as the release before signed."""
    claims = {**claims_of(context.principal), "exp": int(now().timestamp()) + LIFETIME}
    token = jwt.encode(claims, settings().signing_key, algorithm="HS256")
    return {**context.to_headers(""), "principal": token}
