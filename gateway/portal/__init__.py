"""The portal: server-rendered pages for members and, in the console, for officers and other roles.

A view calls services through `service_calls`, renders a template, and redirects after a command. Nothing here decides
rules or uses a database.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request
from jinja2 import ChoiceLoader, FileSystemLoader

from gateway.http.request_parsing import check_storable
from gateway.identity.current import current_account, current_principal
from gateway.portal import (
    assets,
    columns,
    document_words,
    figure_words,
    formats,
    handbook,
    history_words,
    installing,
    languages,
    phrases,
    preferences,
    words,
)
from gateway.portal.covers import cover_of
from gateway.portal.cures import cure_of
from gateway.portal.errors import problem_page
from gateway.portal.layout import framed
from gateway.portal.messages import explain
from gateway.portal.next_todo import next_todo
from gateway.portal.offered import may_open
from gateway.portal.people import activity_address, sees_unit, unit_name
from gateway.portal.placeholders import form_key, form_token
from gateway.portal.template_globals import add_globals
from gateway.subject import Subjects, installed

PORTAL = "portal"
"""Name of the blueprint of all pages."""


def init_app(app: Flask) -> None:
    """Add the pages to the gateway's app.

    Args:
        app: the Flask app; it has its subjects, sessions and CSRF protection already.
    """
    languages.set_up(app)
    formats.set_up(app)
    words.set_up(app)
    app.jinja_env.filters["cell"] = columns.cell
    phrases.set_up(app)
    history_words.set_up(app)
    document_words.set_up(app)
    figure_words.set_up(app)
    handbook.set_up(app)
    app.before_request(_require_storable_form)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    add_globals(
        app,
        activity_address=activity_address,
        asset_url=assets.asset_url,
        cover_of=cover_of,
        icon_address=_icon_address,
        icon_sheet=lambda: assets.asset_url("icons.svg"),
        cure_of=cure_of,
        explain=explain,
        form_key=form_key,
        form_token=form_token,
        may_open=may_open,
        theme_colours=installing.THEME_COLOURS,
        framed=framed,
        next_todo=next_todo,
        sees_unit=sees_unit,
        unit_name=unit_name,
    )
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(installing.blueprint)
    _add_pages(app, installed(app))
    app.extensions["gonghui_problem_page"] = problem_page
    app.context_processor(_reader)


def _require_storable_form() -> None:
    """Refuse a form with NUL in a text, which no database stores."""
    if request.method == "POST" and request.blueprint == PORTAL:
        check_storable(request.form.to_dict(flat=False))


def _add_pages(app: Flask, subjects: Subjects) -> None:
    portal = Blueprint(PORTAL, __name__, template_folder="templates")
    for table in (preferences.PAGES, handbook.PAGES, *(table for subject in subjects for table in subject.pages)):
        table.add_to(portal)
    app.register_blueprint(portal)
    folders = [subject.templates for subject in subjects if subject.templates]
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(folders)])  # type: ignore[list-item]


def _icon_address(name: str) -> str:
    if name not in assets.ICONS:
        raise LookupError(f"icon {name} is not in assets.ICONS")
    return f"{assets.asset_url('icons.svg')}#{name}"


def _reader() -> dict[str, Any]:
    """Template variables of every page: the reader, the roles, the language."""
    return {
        "account": current_account(),
        "roles": current_principal().roles,
        "english": formats.is_english(),
    }
