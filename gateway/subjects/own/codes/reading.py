"""Reading a scanned text or a photo: what a code is for, and what its issuer answers about it.

The issuer checks the signature; here only is found out whom to ask, by the kind that stands in the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request

from gateway.code_kind import CodeKind
from gateway.rpc.calls import call
from gateway.subject import installed
from services.chassis import clock
from services.chassis.errors import InvalidInput, Refused
from services.chassis.files.code_photos import codes_in
from services.chassis.input_errors import InputError
from services.chassis.plain_text import without_unseen
from services.chassis.process.settings import settings
from services.chassis.security.codes import kind_of
from services.chassis.security.principal import Principal
from services.contracts.gateway.codes import LONGEST_CODE

_TOKEN = r"([A-Za-z0-9._-]{40,80})"
_ADDRESS = re.compile(rf"\Ahttps?://([^/?#@\s]{{1,255}})(?:/[^?#\s]*)?/verify/{_TOKEN}/?\Z", re.IGNORECASE)
_ALONE = re.compile(rf"\A{_TOKEN}\Z")
_UNKNOWN = InputError("input.not_a_choice", "There are no codes of this kind.")


@dataclass(frozen=True)
class Scanned:
    """A code with the answer of its issuer.

    Args:
        told: a `CodeReading` in JSON form.
        kind: what it is for; None for codes of others.
        wanted: what was to be scanned; None for anything.
        token: the code itself; None for codes of others.
    """

    told: dict[str, Any]
    kind: CodeKind | None = None
    wanted: CodeKind | None = None
    token: str | None = None

    @property
    def state(self) -> str:
        """A word of `CODE_STATES`."""
        return str(self.told["state"])

    @property
    def is_good(self) -> bool:
        return self.state == "good"


@dataclass(frozen=True)
class _Form:
    """The parts of a text that looks like a code of ours."""

    kind: CodeKind
    token: str
    host: str | None


def wanted_kind(name: str | None) -> CodeKind | None:
    """Return the kind that is to be scanned. Raises `InvalidInput` when there is none of that name."""
    if not name:
        return None
    kind = installed().codes.get(name)
    if kind is None:
        raise InvalidInput(errors={"wanted": [_UNKNOWN]})
    return kind


def read(text: str, wanted: CodeKind | None = None, principal: Principal | None = None) -> Scanned:
    """Return what a scanned text is.

    Args:
        text: an address or a code, as a scanner, a camera or a person gives it.
        wanted: the only kind that is of use here.
        principal: who asks; the signed-in account when absent.

    Raises:
        Unavailable: the issuer does not answer.
    """
    form = _form_of(text)
    if form is None:
        return Scanned(_nothing("foreign"), None, wanted)
    if wanted is not None and form.kind is not wanted:
        return Scanned(_nothing("wrong_kind"), form.kind, wanted)
    told = call(form.kind.read, {"token": form.token}, principal=principal)
    if told["state"] in ("altered", "unverifiable") and form.host not in (None, *_own_hosts()):
        # Whose signature does not fit and whose address leads elsewhere was never ours.
        told = _nothing("foreign")
    kind = None if told["state"] == "foreign" else form.kind
    return Scanned(told, kind, wanted, form.token if kind is not None else None)


def read_photo(content: bytes, wanted: CodeKind | None = None) -> Scanned:
    """Return what the code in a photo is; codes of others beside one of ours don't matter.

    Raises:
        Refused: it can't be read, has no code, or several of ours.
        Unavailable: the issuer does not answer, or too many photos wait.
    """
    texts = codes_in(content)
    if not texts:
        raise Refused("There is no QR code in the photo that can be read.", rule="codes.photo_has_a_code")
    ours = [text for text in texts if _form_of(text) is not None]
    if len(ours) > 1:
        raise Refused("There are several codes in the photo.", rule="codes.photo_has_one_code")
    return read(ours[0] if ours else texts[0], wanted)


def reply_of(scanned: Scanned) -> dict[str, Any]:
    """Return a `ReadCodeReply` in JSON form."""
    kind, subject_id = scanned.kind, scanned.told["subject_id"]
    link = f"/api/v1{kind.link.format(subject_id)}" if kind is not None and subject_id else None
    return {**scanned.told, "kind": kind.name if kind else None, "link": link}


def _form_of(text: str) -> _Form | None:
    """Return the parts of a text that looks like a code of a known kind; None for any other text."""
    plain = without_unseen(text[: LONGEST_CODE + 1])
    if len(text) > LONGEST_CODE or not plain.isascii():
        return None
    in_address = _ADDRESS.match(plain)
    found = in_address or _ALONE.match(plain)
    if found is None:
        return None
    token, host = found[found.lastindex or 1], in_address[1].lower() if in_address else None
    return next((_Form(kind, token, host) for kind in _kinds_of(token)), None)


def _kinds_of(token: str) -> Iterator[CodeKind]:
    kinds = installed().codes
    named = kind_of(token)
    if named is not None:
        yield from (kind for kind in (kinds.get(named),) if kind is not None)
        return
    yield from (kind for kind in kinds.values() if kind.former is not None and kind.former.fullmatch(token))


def _own_hosts() -> tuple[str, ...]:
    return urlsplit(settings().public_url).netloc.lower(), request.host.lower()


def _nothing(state: str) -> dict[str, Any]:
    told = dict.fromkeys(("subject_id", "name", "number", "unit_id", "expires_at"))
    return {"state": state, **told, "checked_at": clock.now().isoformat()}
