"""Templates import only macros that exist: a wrong name would be found out by the reader of the page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "gateway").rglob("templates/portal/**/*.html"))
_IMPORT = re.compile(r'{%-? from "(?P<source>[^"]+)" import (?P<names>[^%]+?)( with context)? -?%}')
_DEFINED = re.compile(r"{%-? (?:macro|set) (\w+)")


@cache
def _by_name() -> dict[str, str]:
    return {path.as_posix().rpartition("/templates/")[2]: path.read_text(encoding="utf-8") for path in TEMPLATES}


def test_there_are_templates():
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imported_macros_exist(path):
    texts = _by_name()
    for found in _IMPORT.finditer(path.read_text(encoding="utf-8")):
        names = {name.split(" as ")[0].strip() for name in found["names"].split(",")}
        assert names <= set(_DEFINED.findall(texts[found["source"]])), f"{found['source']} has not all of {names}"
