"""Saving, renaming and deleting the own saved filters, from the forms on list pages."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.preferences import safe_next
from gateway.portal.service_calls import carry_out
from gateway.subjects.own.saved_filters.answers import answer
from services.contracts.gateway.saved_filters import delete_saved_filter, rename_saved_filter, save_filter

PAGES = PageTable()

_PREFIX = "filter-"


def _name() -> str:
    return request.form.get("name", "").strip()


def _back() -> str:
    return safe_next(url_for("portal.start"))


@PAGES.post("/me/saved-filters")
@only()
def save_list_filter() -> Response:
    """Save the filters and the order of a list under a name."""
    filters = {key.removeprefix(_PREFIX): value for key, value in request.form.items() if key.startswith(_PREFIX)}
    wanted = {"list": request.form.get("list", ""), "name": _name(), "filters": filters}
    return carry_out(lambda: answer(save_filter, wanted), done=gettext("常用筛选已保存。"), then=_back())


@PAGES.post("/me/saved-filters/<uuid:saved_filter_id>/rename")
@only()
def rename_list_filter(saved_filter_id: UUID) -> Response:
    """Rename a saved filter."""
    wanted = {"saved_filter_id": str(saved_filter_id), "name": _name()}
    return carry_out(lambda: answer(rename_saved_filter, wanted), done=gettext("常用筛选已改名。"), then=_back())


@PAGES.post("/me/saved-filters/<uuid:saved_filter_id>/delete")
@only()
def delete_list_filter(saved_filter_id: UUID) -> Response:
    """Delete a saved filter."""
    wanted = {"saved_filter_id": str(saved_filter_id)}
    return carry_out(lambda: answer(delete_saved_filter, wanted), done=gettext("常用筛选已删除。"), then=_back())
