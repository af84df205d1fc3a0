"""The page of the toy subject."""

from __future__ import annotations

from flask import render_template

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import part
from tests.toy.contract import list_teas

PAGES = PageTable()


@PAGES.get("/console/teas")
@only("officer")
def teas() -> str:
    """List teas."""
    return render_template("portal/console/teas.html", teas=part(list_teas, {}))
