"""How a browser signs on in these tests, and what it then sees."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from tests.support.identity_providers import CLIENT, OidcProvider

PUBLIC = "https://union.example.edu.cn"
STAFF_NUMBER = "T20230001"


def campus(provider: OidcProvider, **changes: Any) -> dict[str, Any]:
    row = {
        "key": "campus", "kind": "oidc", "name": "统一身份认证", "issuer": provider.url, "client_id": CLIENT,
        "client_secret_env": "CAMPUS_SECRET", "staff_number_claim": "employee_number", **changes,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None}


def begun(browser: FlaskClient, key: str = "campus", **query: str) -> str:
    """Begin a sign-on; return the provider's address."""
    reply = browser.get(f"/sign-on/{key}", query_string=query)
    assert reply.status_code == 302, reply.text
    return str(reply.headers["Location"])


def returned(browser: FlaskClient, address: str) -> Any:
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def signed_on(browser: FlaskClient, provider: OidcProvider, subject: str = "abc", **query: str) -> Any:
    return returned(browser, provider.approve(begun(browser, **query), subject))


def me(browser: FlaskClient) -> Any:
    reply = browser.get("/api/v1/me")
    return reply.get_json() if reply.status_code == 200 else None


def form_token(browser: FlaskClient, page: str) -> str:
    text = browser.get(page).text
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]


def told(browser: FlaskClient) -> str:
    """What the sign-in page says of the sign-on before."""
    return browser.get("/sign-in").text
