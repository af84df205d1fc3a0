"""docs/handbook.md and its Chinese twin: what each subject is for and who does what in it, as the portal tells it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from flask import Flask
from flask_babel import force_locale

from gateway.help import Help
from gateway.portal import languages
from gateway.subjects import SUBJECTS
from services.contracts.gateway.identity import LANGUAGES

_WIDTH = 120
_LEADS = {
    "zh": """# 使用手册

由 `gonghui docs` 根据各项工作自己的说明生成，请勿手工修改。门户各页标题旁的“?”和“使用手册”页说的是同样的话。
""",
    "en": """# Handbook

Made by `gonghui docs` from what each subject tells of itself; do not edit. The "?" beside the titles of the portal's
pages and the portal's handbook say the same.
""",
}
_SOURCES = {"zh": "依据：{}", "en": "Source: {}"}
_NAMES = {"zh": "handbook.zh.md", "en": "handbook.md"}


def documents() -> Iterator[tuple[str, str]]:
    """Yield the handbook in each language with its name below docs/."""
    app = Flask("handbook", static_folder=None)
    languages.set_up(app)
    with app.app_context():
        for language in LANGUAGES:
            with force_locale(language):
                yield _NAMES[language], "\n".join(_lines(language))


def _lines(language: str) -> Iterator[str]:
    yield _LEADS[language]
    for help_ in SUBJECTS.help.values():
        yield f"## {help_.title}\n"
        yield from _chapter(help_, language)
        yield ""


def _chapter(help_: Help, language: str) -> Iterator[str]:
    yield from _wrapped(help_.purpose)
    yield ""
    for number, step in enumerate(help_.steps, 1):
        yield from _wrapped(step, f"{number}. ")
    if help_.source:
        yield ""
        yield from _wrapped(_SOURCES[language].format(help_.source))


def _wrapped(text: object, mark: str = "") -> list[str]:
    """Return a text in lines; one in Chinese has no blanks and stays in one."""
    return textwrap.wrap(
        str(text), _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
