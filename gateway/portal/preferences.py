"""Language and theme, stored in a cookie and with the account, if there is one."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from gateway.identity import accounts
from gateway.identity.current import current_account
from gateway.portal.languages import COOKIE
from gateway.portal.page_table import PageTable
from gateway.portal.service_calls import go
from services.chassis.process.settings import settings
from services.contracts.gateway.identity import LANGUAGES

PAGES = PageTable()

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
_YEAR = 365 * 24 * 3600


def selected_theme() -> str:
    """Return the theme of this request: system, light or dark."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def safe_next(default: str) -> str:
    """Return the redirect target: the requested address if it is of this portal, else the default."""
    wanted = request.values.get("next", "")
    inside = wanted.startswith("/") and not wanted.startswith("//")
    # Browsers read a backslash as a slash and ignore control characters: "/<tab>/elsewhere" is another site.
    return wanted if inside and wanted.isprintable() and "\\" not in wanted else default


def keep(response: Response, name: str, value: str) -> Response:
    """Store a preference in a cookie for a year."""
    secure = settings().secure_cookies
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=secure)
    return response


@PAGES.post("/preferences/language")
def choose_language() -> Response:
    """Switch the language of all pages."""
    language = request.form.get("language", "zh")
    language = language if language in LANGUAGES else "zh"
    account = current_account()
    if account is not None:
        accounts.choose_language(account.account_id, language)
    return keep(go(safe_next(url_for("portal.front"))), COOKIE, language)


@PAGES.post("/preferences/theme")
def choose_theme() -> Response:
    """Switch between light, dark and system theme."""
    theme = request.form.get("theme", "auto")
    return keep(go(safe_next(url_for("portal.front"))), THEME_COOKIE, theme if theme in THEMES else "auto")
