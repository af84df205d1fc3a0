"""Which identity providers there are, from GONGHUI_SIGN_ON_PROVIDERS: a JSON list, or the path of a file with one.

Secrets are not in the list: it names the environment variable that holds one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import marshmallow
from environs import Env, EnvError
from marshmallow import fields, validate

from services.chassis.errors import NotFound
from services.chassis.process.settings import settings

VARIABLE = "GONGHUI_SIGN_ON_PROVIDERS"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair. Symmetric ones and `none` would let the holder of a client secret, or anybody, sign."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_KEY = validate.Regexp(r"\A[a-z0-9][a-z0-9-]{0,29}\Z", error="1 to 30 small letters, digits or hyphens")
_LABEL = validate.Length(1, 40)
_CLAIM = validate.Length(1, 100)


@dataclass(frozen=True)
class Provider:
    """An identity provider.

    Args:
        key: stands in addresses and with sessions.
        kind: `oidc` or `cas`.
        name: shown on the sign-in page.
        name_en: the same in English.
        issuer: identities are keyed by it; of CAS the server's address, which ends with a slash.
        staff_number_claim: claim or attribute with the staff number that the provider vouches for; None where it
            vouches for none. `user` is the user name of CAS.
        client_id: of this union at an OpenID provider.
        secret_variable: environment variable with the client's secret; None for a client without one.
        scopes: asked of an OpenID provider.
        algorithms: of its signatures that are accepted.
        second_factor_claim: claim of the ID token or attribute that says how the person signed in, such as `amr` or
            `acr`; None where the union asks for its own second factor after every sign-on.
        second_factor_values: of that claim that vouch for a second factor.
    """

    key: str
    kind: str
    name: str
    name_en: str
    issuer: str
    staff_number_claim: str | None = None
    client_id: str = ""
    secret_variable: str | None = None
    scopes: str = "openid profile"
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    second_factor_claim: str | None = None
    second_factor_values: tuple[str, ...] = ()

    @property
    def secret(self) -> str | None:
        """The client's secret."""
        return Env().str(self.secret_variable, "") if self.secret_variable else None

    def vouches(self, told: Any) -> bool:
        """Whether the value of the claim, a text or a list, says that a second factor was given."""
        values = told if isinstance(told, list) else [told]
        return any(isinstance(value, str) and value in self.second_factor_values for value in values)


class _Common(marshmallow.Schema):
    class Meta:
        unknown = marshmallow.RAISE

    key = fields.String(required=True, validate=_KEY)
    kind = fields.String(required=True)
    name = fields.String(required=True, validate=_LABEL)
    name_en = fields.String(validate=_LABEL)
    staff_number_claim = fields.String(validate=_CLAIM)
    second_factor_claim = fields.String(validate=_CLAIM)
    second_factor_values = fields.List(fields.String(validate=_CLAIM), validate=validate.Length(min=1))


class _OidcProvider(_Common):
    issuer = fields.String(required=True)
    client_id = fields.String(required=True, validate=validate.Length(1, 200))
    client_secret_env = fields.String(validate=validate.Length(1, 100))
    scopes = fields.String()
    algorithms = fields.List(fields.String(validate=validate.OneOf(ALGORITHMS)), validate=validate.Length(min=1))


class _CasProvider(_Common):
    address = fields.String(required=True)


_SCHEMAS = {"oidc": _OidcProvider(), "cas": _CasProvider()}


def providers() -> tuple[Provider, ...]:
    """Return the providers in the order of the sign-in page; none where the variable is not set.

    Raises:
        EnvError: the list is not valid; says which provider and what.
    """
    given = Env().str(VARIABLE, "").strip()
    return _parsed(given, settings().public_url) if given else ()


def provider_of(key: str) -> Provider:
    """Return the provider with this key. Raises `NotFound`."""
    found = next((provider for provider in providers() if provider.key == key), None)
    if found is None:
        raise NotFound("There is no such identity provider.", field="provider")
    return found


def return_address(provider: Provider) -> str:
    """Return where a provider sends people back to; it is registered there."""
    return f"{settings().public_url}/sign-on/{provider.key}/return"


def is_safe(address: str) -> bool:
    """Whether an address of a provider may be used: https, or http to this machine, as for a try."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    return bool(host) and secure and parts.username is None and not parts.fragment


@lru_cache(maxsize=8)
def _parsed(given: str, public_url: str) -> tuple[Provider, ...]:
    rows = _rows(given)
    found = tuple(_provider(number, row) for number, row in enumerate(rows, 1))
    for what in ("key", "issuer"):
        values = [getattr(provider, what) for provider in found]
        if len(set(values)) < len(values):
            raise EnvError(f"{VARIABLE}: two providers have the same {what}")
    if found and not public_url:
        raise EnvError(f"GONGHUI_PUBLIC_URL is needed with {VARIABLE}: providers send people back to it")
    return found


def _rows(given: str) -> list[Any]:
    try:
        text = given if given.startswith("[") else Path(given).read_text(encoding="utf-8")
        rows = json.loads(text)
    except OSError as error:
        raise EnvError(f"{VARIABLE}: the file can't be read: {error.strerror}") from None
    except ValueError as error:
        raise EnvError(f"{VARIABLE} is no JSON: {error}") from None
    if not isinstance(rows, list):
        raise EnvError(f"{VARIABLE}: a list is needed")
    return rows


def _provider(number: int, row: Any) -> Provider:
    schema = _SCHEMAS.get(str(row.get("kind"))) if isinstance(row, dict) else None
    if schema is None:
        raise EnvError(f"{VARIABLE}: provider {number}: its kind must be one of {', '.join(_SCHEMAS)}")
    try:
        told: dict[str, Any] = schema.load(row)
    except marshmallow.ValidationError as error:
        wrong = "; ".join(f"{name}: {messages}" for name, messages in error.normalized_messages().items())
        raise EnvError(f"{VARIABLE}: provider {number}: {wrong}") from None
    for name, wrong in _wrong(told):
        raise EnvError(f"{VARIABLE}: provider {number}: {name}: {wrong}")
    variable = told.pop("client_secret_env", None)
    if variable and not Env().str(variable, ""):
        raise EnvError(f"{VARIABLE}: provider {number}: the variable {variable} with the client's secret is not set")
    if "address" in told:
        told["issuer"] = told.pop("address").rstrip("/") + "/"
    for name in ("algorithms", "second_factor_values"):
        if name in told:
            told[name] = tuple(told[name])
    return Provider(**{"name_en": told["name"], **told}, secret_variable=variable)


def _wrong(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields whose text can't be used, with what is needed."""
    for name in ("issuer", "address"):
        address = told.get(name)
        if address is not None and (not is_safe(address) or urlsplit(address).query):
            yield name, "an https address without user, query and fragment is needed"
    if ("second_factor_claim" in told) != ("second_factor_values" in told):
        yield "second_factor_claim", "is needed together with second_factor_values"
    if "openid" not in told.get("scopes", "openid").split():
        yield "scopes", "the scope openid is needed"
