"""The style sheets, scripts and icons of the portal, each under an address that changes with its content.

Bootstrap and htmx are read from the installed packages, not copied. Every asset is compressed once at start and can be
cached by browsers for a year.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

HERE = Path(__file__).parent / "static"
ICONS = (
    "arrow-left", "arrow-left-right", "arrow-repeat", "bell", "box-arrow-right", "box-arrow-in-right",
    "calendar-event", "calendar3",
    "award", "cake2", "card-checklist", "cash-stack", "check-circle", "check-circle-fill", "check2", "chevron-down",
    "chevron-left", "chevron-right", "circle", "clipboard-check", "link-45deg", "clock", "clock-history",
    "clipboard2-pulse", "diagram-3", "download", "envelope",
    "exclamation-triangle", "exclamation-circle", "eye", "file-earmark-arrow-up", "file-earmark-text",
    "fingerprint", "funnel", "geo-alt", "gift",
    "heart", "heart-pulse", "house", "inbox", "info-circle", "journal-check", "key", "list", "list-check", "list-task",
    "moon-stars", "pencil-square", "people", "person", "person-badge", "person-plus", "piggy-bank",
    "camera", "palette", "paperclip", "phone", "plus-lg", "printer", "qr-code-scan", "share", "wifi-off",
    "question-circle",
    "search", "shield-check", "shield-lock", "sliders", "speedometer2", "sun", "sunset", "ticket-perforated",
    "translate", "upload", "x-circle", "x-lg", "suitcase", "map", "shuffle", "box-seam",
    "shop", "receipt", "image", "chat-left-text", "megaphone", "star", "bar-chart",
    "arrow-counterclockwise", "box-arrow-up-right", "newspaper", "rss", "send", "tags",
    "trophy", "display", "lock",
)  # fmt: skip

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One served file."""

    content: bytes
    packed: bytes
    mimetype: str
    digest: str


def _package_file(package: str, path: str) -> bytes:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"package {package} is not installed")
    return (Path(next(iter(spec.submodule_search_locations))) / path).read_bytes()


def _bootstrap_file(path: str) -> bytes:
    return _package_file("flask_bootstrap", f"static/bootstrap5/{path}")


def _icon_sheet() -> bytes:
    """Extract the used icons from the full sprite of 1.1 MB; pages need three or four thousand bytes of it."""
    sprite = _bootstrap_file("icons/bootstrap-icons.svg").decode()
    symbols = {name: body for body, name in re.findall(r'(<symbol [^>]*id="([^"]+)".*?</symbol>)', sprite)}
    missing = [name for name in ICONS if name not in symbols]
    if missing:
        raise RuntimeError(f"icons not in the installed sprite: {missing}")
    drawn = "".join(symbols[name] for name in ICONS) + "".join(_covers())
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'.encode()


def _covers() -> list[str]:
    """Return the drawings of `gateway.portal.covers`; they stand with the icons, which every page has fetched."""
    return re.findall(r"<symbol .*?</symbol>", (HERE / "covers.svg").read_text("utf-8"))


ON_EVERY_PAGE = ("portal.js", "header.js", "share.js", "dialogs.js", "live.js", "install.js")
OF_SECRET_BALLOTS = (
    "secret-ballot.js", "secret-page.js", "secret-token.js", "secret-box.js", "secret-board.js", "secret-scrutineer.js",
)  # fmt: skip
"""Modules; those of pages import the first two by their names beside them."""
OF_ANONYMOUS_SHEETS = ("anonymous-sheet.js", "rating.js", "survey.js")
"""Modules; those of pages import the first by its name beside them."""
_ALONE = ("passkeys.js", "joining.js", "uploads.js", "scanner.js", "desk.js", "theme.js", "favicon.svg")


def _own_file(name: str) -> bytes:
    return (HERE / name).read_bytes()


_SOURCES: dict[str, Callable[[], bytes]] = {
    "bootstrap.css": lambda: _bootstrap_file("css/bootstrap.min.css"),
    "htmx.js": lambda: _package_file("django_htmx", "static/django_htmx/htmx-2.min.js"),
    "icons.svg": _icon_sheet,
    "portal.css": lambda: b"\n".join(path.read_bytes() for path in sorted((HERE / "css").glob("*.css"))),
    "portal.js": lambda: b"\n".join(map(_own_file, ON_EVERY_PAGE)),
    **{name: partial(_own_file, name) for name in (*OF_SECRET_BALLOTS, *OF_ANONYMOUS_SHEETS, *_ALONE)},
}
_MIMETYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
NAMES = tuple(_SOURCES)


@cache
def asset(name: str) -> Asset:
    """Return an asset by name; KeyError when there is none of that name."""
    content = _SOURCES[name]()
    content = re.sub(rb"\n?(//|/\*)# sourceMappingURL=\S+( \*/)?", b"", content)
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, gzip.compress(content, 9, mtime=0), _MIMETYPES[name.rsplit(".", 1)[1]], digest)


def asset_url(name: str) -> str:
    """Return the address of an asset; because of the digest in it, it can be cached permanently."""
    return _address(name, request.script_root)


@cache
def _address(name: str, _root: str) -> str:
    return url_for("assets.serve", digest=asset(name).digest, name=name)


@blueprint.get("/assets/<digest>/<name>")
def serve(digest: str, name: str) -> Response:
    """Serve an asset; with an old digest the present content, without caching."""
    if name not in _SOURCES:
        abort(404)
    found = asset(name)
    packed = request.accept_encodings["gzip"] > 0
    response = Response(found.packed if packed else found.content, mimetype=found.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    keep = "public, max-age=31536000, immutable" if digest == found.digest else "no-cache"
    response.headers["Cache-Control"] = keep
    response.set_etag(found.digest + ("-gz" if packed else ""))
    response.make_conditional(request)
    return response
