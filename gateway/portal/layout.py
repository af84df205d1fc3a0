"""The layout of every page: head, menus and foot, rendered once for many readers and filled for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from gateway.identity.current import current_account, current_principal
from gateway.identity.sessions import SignedIn
from gateway.portal import header, navigation
from gateway.portal.installing import OF_IPHONES, icon_address
from gateway.portal.languages import selected_language
from gateway.portal.people import CONSOLE_ROLES
from gateway.portal.placeholders import Pieces, cut, fill, hole, left_open
from gateway.portal.preferences import selected_theme
from gateway.read_models import home
from gateway.rpc.caching import MicroCache
from gateway.union_profile import profile
from services.chassis.errors import Problem
from services.chassis.process.settings import settings

STREAM = "/api/v1/me/stream"
"""Where open pages learn of changes."""

_frames: MicroCache[Any, Pieces] = MicroCache(seconds=3600, largest=300)


@dataclass(frozen=True)
class Insides:
    """The parts that a page puts into the layout."""

    frame: str
    title: Pieces
    width: str
    content: Pieces


def framed(frame: str, title: str, width: str, content: str) -> Markup:
    """Return a page in its layout; while a shared page is rendered, only record the parts.

    Args:
        frame: `member`, `console` or `public`.
        title: HTML, as are the following.
        width: how wide the page is.
        content: what the page shows.
    """
    if "portal_insides" in g:
        g.portal_insides = Insides(frame, cut(title), width, cut(content))
        return Markup("")
    page = _filled(frame, {"title": title, "width": width, "content": content})
    return Markup(page)  # noqa: S704 - templates wrote every part of it, and escaped what isn't theirs


def put_in_frame(insides: Insides, own: dict[str, str]) -> str:
    """Return a shared page, filled with its reader's own values.

    Args:
        insides: of the page.
        own: texts for the placeholders, by name.
    """
    written = {name: escape(text) for name, text in own.items()}
    return _filled(
        insides.frame,
        {
            "title": fill(insides.title, written),
            "width": insides.width,
            "content": fill(insides.content, written),
        },
    )


def _filled(frame: str, inside: dict[str, str]) -> str:
    account = current_account()
    count = _todo_count(account) if frame == "member" and account else 0
    told = {
        "language": selected_language(),
        "theme": selected_theme(),
        "is_signed_in": account is not None,
        "is_member": account is not None and account.member_id is not None,
        **header.roles_told(account),
        "is_live": account is not None and not account.must_change_password and not account.must_enrol,
    }
    roles, union = current_principal().roles, profile.current()
    key = (frame, request.script_root, request.endpoint, roles, count, union.stamp, *told.values())
    pieces = _frames.get(key, lambda: _drawn(frame, {**told, **_of_union(union)}, roles, count))
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return fill(pieces, {**inside, **header.reader(account), "here": escape(here)})


def _drawn(frame: str, told: dict[str, Any], roles: frozenset[str], count: int) -> Pieces:
    """Render a layout without access to data of a single reader."""
    template = current_app.jinja_env.get_template(f"portal/frames/{frame}.html")
    with left_open():
        text = template.render(
            **told,
            english=told["language"] == "en",
            stream_address=f"{request.script_root}{STREAM}",
            hole=hole,
            member_menu=navigation.member_menu(count) if told["is_signed_in"] else [],
            console_search=bool(roles & CONSOLE_ROLES),
            console_menu=navigation.console_menu(roles) if told["is_signed_in"] else [],
        )
    return cut(text)


def _of_union(union: profile.Profile) -> dict[str, Any]:
    """Return what the frame shows of the union's profile."""
    colour, english = union.texts["colour"], selected_language() == "en"
    return {
        "union_name": union.short_name(english=english),
        "union_description": gettext(
            "%(union)s：入会、活动、走访、慰问、经费，一处办理，一路可查。", union=union.name(english=english)
        ),
        "share_picture": f"{settings().public_url}{icon_address(union, 'icon', 512)}",
        "colours_address": url_for("portal.union_colours", colour=colour.removeprefix("#")) if colour else None,
        "phone_icon_address": icon_address(union, "maskable", OF_IPHONES),
        "emblem_address": profile.address_of_emblem(union),
    }


def _todo_count(account: SignedIn) -> int:
    try:
        return home.todo_count(account)
    except Problem:
        return 0
