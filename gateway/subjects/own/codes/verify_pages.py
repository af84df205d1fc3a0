"""The public page that the address in a code opens: whether it is good, with as little as a stranger may see."""

from __future__ import annotations

from flask import render_template

from gateway.http.rate_limits import require_below
from gateway.portal.page_table import PageTable
from gateway.subjects.own.codes.limits import SCANS
from gateway.subjects.own.codes.reading import read
from gateway.subjects.own.codes.words import title_of
from services.chassis.security.principal import ANONYMOUS

PAGES = PageTable()

_TELLING = ("good", "ended")


@PAGES.get("/verify/<token>")
def verify_membership(token: str) -> str | tuple[str, int]:
    """Show valid or ended, with a shortened name and the unit; for an invalid code show no data."""
    require_below(SCANS, "verify_card")
    # As nobody: what is seen here does not depend on who has signed in to the phone that scanned it.
    found = read(token, principal=ANONYMOUS)
    if found.state not in _TELLING:
        return render_template("portal/public/verify.html", found=None), 404
    return render_template("portal/public/verify.html", found=found, title=title_of(found))
