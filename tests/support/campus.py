"""The identity providers of a campus: the independent OpenID provider oidc-provider-mock, and a CAS server of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from oidc_provider_mock import run_server_in_thread

from tests.support.identity_providers import CasServer, serving
from tests.support.waiting import ANSWER


@dataclass(frozen=True)
class Campus:
    """Where the providers answer."""

    oidc: str
    cas: CasServer

    @property
    def providers(self) -> list[dict[str, Any]]:
        """The setting of a union that uses both."""
        return [
            {
                "key": "campus", "kind": "oidc", "name": "统一身份认证", "name_en": "Campus sign-on",
                "issuer": self.oidc, "client_id": "gonghui", "client_secret_env": "GONGHUI_SIGN_ON_SECRET",
                "staff_number_claim": "employee_number",
            },
            {
                "key": "cas", "kind": "cas", "name": "CAS 认证", "address": f"{self.cas.url}/cas",
                "staff_number_claim": "employeeNumber",
            },
        ]  # fmt: skip

    def knows(self, subject: str, **claims: Any) -> None:
        """Let the OpenID provider know a person."""
        requests.put(f"{self.oidc}/users/{subject}", json=claims, timeout=ANSWER).raise_for_status()


@contextmanager
def campus() -> Iterator[Campus]:
    """Let the providers of a campus answer until the block ends."""
    cas = CasServer()
    with run_server_in_thread() as server, serving(cas):
        yield Campus(f"http://localhost:{server.server_port}", cas)
