"""The configuration of a process: all known variables with value or default, secrets masked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version

from services.chassis.process.settings import SERVICES, Settings, settings

PREFIX = "GONGHUI_"
SECRET = ("ENCRYPTION_KEYS", "SCRUTINY_KEYS", "HASH_KEY", "SIGNING_KEY", "SECRET_KEY", "HR_TOKEN", "SIGN_ON_SECRET")
PASSWORDS = ("DEMO_PASSWORD", "OFFICER_PASSWORD", "PROGRAM_PASSWORD", "NEW_PASSWORD")
ELSEWHERE = ("HR_URL", "HR_TOKEN", "SIGN_ON_PROVIDERS", "SIGN_ON_SECRET", *PASSWORDS, "VERSION")
"""Own variables that are not part of the settings."""
OTHERS = ("DATA", "PORT", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME")
_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)([^/\s:@]*):[^/\s]*(?=@)")


@dataclass(frozen=True)
class Shown:
    """A variable with its value masked if needed; `known` is False when nothing reads it, as a misspelt one."""

    name: str
    value: str
    is_set: bool
    known: bool = True


def release() -> str:
    """Return the release of the installed package."""
    try:
        return version("gonghui")
    except PackageNotFoundError:
        return "unknown"


def shown() -> Iterator[Shown]:
    """Yield every variable; settings with the effective value.

    Raises:
        environs.EnvError: a variable is missing or malformed.
    """
    names = [field.name for field in fields(Settings) if field.name != "overrides"]
    for name in names:
        yield _shown(PREFIX + name.upper(), _text(getattr(settings(), name)))
    for name in (*(f"{service.upper()}_DATABASE_URL" for service in SERVICES), *ELSEWHERE):
        if PREFIX + name in os.environ:
            yield _shown(PREFIX + name, os.environ[PREFIX + name])
    for name in OTHERS:
        if name in os.environ:
            yield _shown(name, os.environ[name])
    known = {PREFIX + name.upper() for name in (*names, *ELSEWHERE)}
    known |= {f"{PREFIX}{service.upper()}_DATABASE_URL" for service in SERVICES}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            yield Shown(name, "…", is_set=True, known=False)


def masked(address: str) -> str:
    """Return a URL without its password."""
    return _PASSWORD_IN_ADDRESS.sub(r"\1:***", address)


def without_account(address: str) -> str:
    """Return a URL without user and password, for logs."""
    return re.sub(r"(?<=://)[^/\s]*(?=@)", "***", address)


def _shown(name: str, value: str) -> Shown:
    bare = name.removeprefix(PREFIX)
    if value and bare in ("ENCRYPTION_KEYS", "SCRUTINY_KEYS"):
        value = f"*** (keys: {len(value.split(','))})"
    elif value and bare in (*SECRET, *PASSWORDS):
        value = f"*** ({len(value)} characters)"
    return Shown(name, masked(value), is_set=name in os.environ)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
