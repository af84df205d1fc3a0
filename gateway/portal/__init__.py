"""The portal: server-rendered pages for members and, in the console, for those who do the union's work.

A view asks the services through `seams`, fills a template, and after a command sends the browser on. Nothing here
decides a rule or touches a database.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from gateway.identity.current import current_account, current_principal
from gateway.portal import assets, document_words, formats, history_words, languages, navigation, phrases, words
from gateway.portal.blueprint import portal
from gateway.portal.errors import problem_page
from gateway.portal.exporting import KINDS
from gateway.portal.messages import explain
from gateway.portal.pages import load_pages
from gateway.portal.people import unit_name
from gateway.portal.preferences import selected_theme
from gateway.portal.seams import page_key
from gateway.views import todos
from services.chassis.errors import Problem


def init_app(app: Flask) -> None:
    """Give the gateway's app its pages.

    Args:
        app: the Flask app; it has sessions and CSRF protection already.
    """
    languages.set_up(app)
    formats.set_up(app)
    words.set_up(app)
    phrases.set_up(app)
    history_words.set_up(app)
    document_words.set_up(app)
    load_pages()
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset_url=assets.asset_url,
        icon_address=_icon_address,
        explain=explain,
        new_key=page_key,
        unit_name=unit_name,
        export_file_kinds=KINDS,
    )
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(portal)
    app.extensions["gonghui_problem_page"] = problem_page
    app.context_processor(_frame)


def _icon_address(name: str) -> str:
    if name not in assets.ICONS:
        raise LookupError(f"icon {name} is not in assets.ICONS")
    return f"{assets.asset_url('icons.svg')}#{name}"


def _frame() -> dict[str, Any]:
    """What every page's frame shows: who is signed in, the menus, language and light."""
    account = current_account()
    roles = current_principal().roles
    return {
        "account": account,
        "account_words": account.username if account else "",
        "roles": roles,
        "english": formats.is_english(),
        "theme": selected_theme(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "member_menu": navigation.member_menu(_todo_count()) if account else [],
        "console_menu": navigation.console_menu(roles) if account else [],
    }


def _todo_count() -> int:
    try:
        return todos.count(current_principal())
    except Problem:
        return 0
