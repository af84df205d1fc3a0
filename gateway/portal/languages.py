"""Chinese first, English by switch: which language a page speaks, and where the English texts come from.

The texts in templates and code are Chinese and are their own keys. The English catalogue is read from its `.po` file
at start, so a fresh clone needs no compile step and git holds no compiled noise.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale

from gateway.identity.current import current_account
from services.contracts.gateway.identity import LANGUAGES

COOKIE = "language"
CATALOGUES = Path(__file__).parent / "translations"


@cache
def _catalogue(language: str) -> NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


class PoDomain(Domain):
    """Texts straight from a `.po` file, compiled in memory once for the process."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return _catalogue(locale.language if locale else "zh")


def selected_language() -> str:
    """Return the language of this request: the one switched to, else the account's, else the browser's."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    account = current_account()
    kept = account.language if account else None
    return kept if kept is not None and kept in LANGUAGES else _of_browser()


def _of_browser() -> str:
    """Return the language that the browser would rather have (`Accept-Language`); Chinese when it names neither.

    Not `best_match` of werkzeug, which prefers a lower "en" to a higher "zh-CN".
    """
    wanted = (tag.partition("-")[0].lower() for tag, _quality in request.accept_languages)
    return next((language for language in wanted if language in LANGUAGES), "zh")


def set_up(app: Flask) -> None:
    """Give the app its languages and the Chinese time zone."""
    babel = Babel()
    babel.init_app(app, default_locale="zh", default_timezone="Asia/Shanghai", locale_selector=selected_language)
    babel.domain_instance = PoDomain()
