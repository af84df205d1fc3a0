"""The page of the toy subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for

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


def tea_page(_reading: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the page that goes on with a scanned ticket."""
    return url_for("portal.teas"), "去上茶"
