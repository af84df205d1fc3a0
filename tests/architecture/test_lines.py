"""Titles, names and searches of every contract are texts of one line."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

ONE_LINE = re.compile(r"^    (?:title|name|short_name|place|document|number|q)(?:_en)? = Text\(", re.MULTILINE)


def test_titles_and_names_are_of_one_line() -> None:
    contracts = sorted((ROOT / "services/contracts").rglob("*.py"))
    assert len(contracts) > 50
    assert [path.relative_to(ROOT).as_posix() for path in contracts if ONE_LINE.search(path.read_text("utf-8"))] == []
