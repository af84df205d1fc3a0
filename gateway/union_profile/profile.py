"""The union's profile as pages read it: what was set, else the default. Other replicas see a change in seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import Session

from gateway.read_models.tables import UnitView
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from gateway.union_profile import colours
from gateway.union_profile.tables import THE_ROW, UnionProfile
from services.chassis.json_bytes import encode
from services.contracts.gateway.union_profile import LONGEST_SHORT_NAME

TEXTS = ("name", "name_en", "short_name", "short_name_en", "colour", "office", "hours", "phone", "email")
CONTACT = ("office", "hours", "phone", "email")
_PLAIN_NAME, _PLAIN_NAME_EN = "工会", "Trade Union"
_LONGEST_SHORT_NAME_EN = 24


@dataclass(frozen=True)
class Profile:
    """The profile on a page.

    Args:
        texts: what was set, by field; None for a part that was not.
        root: name and English name of the organisation's root unit, the defaults.
        emblem_digest: of the emblem; None without one.
        version: how often it was changed.
    """

    texts: Mapping[str, str | None]
    root: tuple[str | None, str | None] = (None, None)
    emblem_digest: str | None = None
    version: int = 0
    stamp: str = field(init=False, default="")

    def __post_init__(self) -> None:
        told = [dict(self.texts), self.root, self.emblem_digest]
        object.__setattr__(self, "stamp", hashlib.blake2b(encode(told), digest_size=8).hexdigest())

    def name(self, *, english: bool) -> str:
        """Return the whole name, as on the front page and on printed papers."""
        chinese = self.texts["name"] or self.root[0] or _PLAIN_NAME
        return self.texts["name_en"] or self.root[1] or _PLAIN_NAME_EN if english else chinese

    def short_name(self, *, english: bool) -> str:
        """Return the name for the head of pages."""
        if english:
            chosen, whole, most, plain = "short_name_en", self.name(english=True), _LONGEST_SHORT_NAME_EN, "Union"
        else:
            chosen, whole, most, plain = "short_name", self.name(english=False), LONGEST_SHORT_NAME, _PLAIN_NAME
        return self.texts[chosen] or (whole if len(whole) <= most else plain)

    @property
    def colour(self) -> str:
        """The colour of the brand, `#rrggbb`."""
        return self.texts["colour"] or colours.DEFAULT

    @property
    def contact(self) -> dict[str, str]:
        """The parts of the contact that were set, in order."""
        return {name: text for name in CONTACT if (text := self.texts[name])}


NOTHING_SET = Profile(dict.fromkeys(TEXTS))
_profiles: MicroCache[str, Profile] = MicroCache(seconds=5)
_emblems: MicroCache[str, bytes | None] = MicroCache(seconds=300, largest=2)


def current() -> Profile:
    """Return the profile now."""
    return _profiles.get("profile", _load)


def forget() -> None:
    """Read the profile again."""
    _profiles.clear()


def emblem(digest: str) -> bytes | None:
    """Return the emblem with this digest, a PNG; None when the union has no such one now."""
    return _emblems.get(digest, lambda: _load_emblem(digest))


def read(session: Session) -> Profile:
    """Return the profile, using an open session."""
    row = session.get(UnionProfile, THE_ROW)
    root = session.execute(sa.select(UnitView.name, UnitView.name_en).where(UnitView.kind == "union").limit(1)).first()
    names = (root.name, root.name_en) if root else (None, None)
    if row is None:
        return Profile(NOTHING_SET.texts, names)
    return Profile({name: getattr(row, name) for name in TEXTS}, names, row.emblem_digest, row.version)


def to_reply(profile: Profile) -> dict[str, Any]:
    """Return a profile as the contract has it."""
    return {**profile.texts, "emblem": address_of_emblem(profile), "version": profile.version}


def address_of_emblem(profile: Profile) -> str | None:
    """Return the address of the emblem, which changes with the picture; None without one."""
    return url_for("portal.union_emblem", digest=profile.emblem_digest) if profile.emblem_digest else None


def _load() -> Profile:
    with gateway().database.session(readonly=True) as session:
        return read(session)


def _load_emblem(digest: str) -> bytes | None:
    wanted = sa.select(UnionProfile.emblem).where(UnionProfile.id == THE_ROW, UnionProfile.emblem_digest == digest)
    with gateway().database.session(readonly=True) as session:
        return session.scalar(wanted)
