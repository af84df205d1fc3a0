"""A form that came too late, because its sender's sign-in had run out or was another one: what was typed is kept.

Only what a page of this portal sent is shown again: a form from another site would otherwise get a button here.
"""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

_MOST = 200_000
"""Characters a page takes along; what is longer, is a file or is a password has to be given again."""


def resend_page(status: int) -> Response | None:
    """Return a page that holds what was typed, to be sent again at a press; None where that can't be done."""
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
