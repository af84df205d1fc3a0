"""The portal as an app on a phone: its manifest, the service worker, the page that is shown without network.

The worker keeps what pages are drawn with and the offline page, nothing of a person; see `static/service-worker.js`.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache

from flask import Blueprint, Response, abort, current_app, render_template, url_for

from gateway.portal import assets
from gateway.portal.app_icons import drawn_icon, emblem_icon
from gateway.union_profile import colours, profile
from gateway.union_profile.profile import Profile

blueprint = Blueprint("installing", __name__)

THEME_COLOURS = {"light": "#f8f5f1", "dark": "#171412"}
"""The ground of pages (`--paper` in the style sheet), which phones continue around them."""
_KINDS = {"icon": "any", "maskable": "maskable"}
_SIDES = (192, 512)
OF_IPHONES = 180
"""Side of the icon that iPhones take, in pixels."""


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """Say what the installed portal is called, how it looks and where it begins; browsers ask for it as nobody."""
    union = profile.current()
    document = {
        "id": url_for("portal.front"),
        "name": union.name(english=False),
        "short_name": union.short_name(english=False),
        "lang": "zh-CN",
        "start_url": url_for("portal.start"),
        "scope": url_for("portal.front"),
        "display": "standalone",
        "background_color": THEME_COLOURS["light"],
        "theme_color": THEME_COLOURS["light"],
        "icons": [
            {
                "src": icon_address(union, name, side),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, purpose in _KINDS.items()
            for side in _SIDES
        ],
        "shortcuts": [
            {"name": "扫码", "url": url_for("portal.scan")},
            {"name": "会员卡", "url": url_for("portal.card")},
        ],
    }
    response: Response = current_app.response_class(
        json.dumps(document, ensure_ascii=False), mimetype="application/manifest+json"
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.get("/service-worker.js")
def service_worker() -> Response:
    """Serve the worker with the addresses it keeps; another content makes browsers fetch all of them anew."""
    kept = tuple(assets.asset_url(name) for name in assets.NAMES)
    response = Response(_worker_source(kept), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _worker_source(kept: tuple[str, ...]) -> str:
    """Return the worker's script; browsers ask for it with nearly every page."""
    source = (assets.HERE / "service-worker.js").read_text("utf-8")
    offline = render_template("portal/offline.html")
    version = hashlib.sha256("\n".join((*kept, offline, source)).encode()).hexdigest()[:16]
    told = {"version": version, "assets": kept, "offline": url_for("installing.offline")}
    return f"const PORTAL = {json.dumps(told)};\n{source}"


@blueprint.get("/offline")
def offline() -> Response:
    """Show that there is no network; the same for everybody, in both languages."""
    response = Response(render_template("portal/offline.html"), mimetype="text/html")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Serve the emblem, else the seal, at the address that browsers try by default, for example for a PDF."""
    union = profile.current()
    picture = profile.emblem(union.emblem_digest) if union.emblem_digest else None
    if picture is None:
        return assets.serve("any", "favicon.svg")
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.get("/app-icons/<look>/<kind>-<int:side>.png")
def icon(look: str, kind: str, side: int) -> Response:
    """Serve an icon: the emblem by its digest, or the seal in the union's colour; another look has another address."""
    union = profile.current()
    if kind not in _KINDS or side not in (*_SIDES, OF_IPHONES):
        abort(404)
    maskable = kind == "maskable"
    picture = profile.emblem(look) if look == union.emblem_digest else None
    if picture is not None:
        drawn = emblem_icon(picture, side, maskable=maskable)
    elif f"#{look}" in {union.colour, colours.DEFAULT}:
        drawn = drawn_icon(f"#{look}", side, maskable=maskable)
    else:
        abort(404)
    response = Response(drawn, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def icon_address(union: Profile, kind: str, side: int) -> str:
    """Return the address of an icon.

    Args:
        union: the union's profile.
        kind: "icon", or "maskable" when it is filled to the edges.
        side: pixels.
    """
    look = union.emblem_digest or union.colour.removeprefix("#")
    return url_for("installing.icon", look=look, kind=kind, side=side)
