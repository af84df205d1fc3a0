"""Keeps the input of a form that was sent after the session had expired or changed.

Only forms of this portal's pages are shown again, not those of other sites.
"""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

_MOST = 200_000
"""Characters a page keeps; longer input, files and passwords have to be entered again."""


def resend_page(status: int) -> Response | None:
    """Return a page with the input and a button to send it again; None if that is not possible."""
    if request.method != "POST" or request.files or not _sent_from_here():
        return None
    fields = list(request.form.items(multi=True))
    if any("password" in name for name, _ in fields) or sum(len(value) for _, value in fields) > _MOST:
        return None
    kept = [(name, value) for name, value in fields if name != "csrf_token"]
    address = request.full_path.rstrip("?")
    return make_response(render_template("portal/resend.html", fields=kept, address=address), status)


def _sent_from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")
