"""Markdown documents: links and named files exist, pages have both languages, the README is short."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from services.chassis.process.settings import Settings
from tests.architecture.source import ROOT
from tests.support.screenshots import LARGEST

LONGEST_README = 300
LONGEST_LINE = 120
NOT_OURS = {".git", ".venv", ".venv-deploy", "node_modules", "var"}
RECORDS = {"CHANGELOG.md", "DECISIONS.md"}
"""Documents that tell what was: they name files that have been moved since."""
DOCUMENTS = sorted(
    path for path in ROOT.rglob("*.md") if not NOT_OURS & set(path.relative_to(ROOT).parts)
)  # fmt: skip
TOLD = [path for path in DOCUMENTS if path.name not in RECORDS]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SOURCE = re.compile(r"`([\w./-]+\.(?:py|md|yaml|toml|po|html))`")


def name(path: Path) -> str:
    """The path as messages show it."""
    return str(path.relative_to(ROOT))


@cache
def prose(path: Path) -> str:
    """The text of a document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


@cache
def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them; a repeated heading gets a number."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} (.+)$", prose(path), flags=re.MULTILINE):
        anchor = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        count = 0
        while (numbered := f"{anchor}-{count}" if count else anchor) in found:
            count += 1
        found.add(numbered)
    return found


def leads_somewhere(document: Path, link: str) -> bool:
    """Whether a relative link names a file or folder of the project, and a heading of it where it has an anchor."""
    path, _, anchor = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    inside = target.is_relative_to(ROOT) and target.exists()
    return inside and (not anchor or (target.is_file() and anchor in anchors(target)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_relative_links_lead_to_files_and_headings(document: Path):
    links = [link for link in _LINK.findall(prose(document)) if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in links if not leads_somewhere(document, link)] == []


@pytest.mark.parametrize("document", TOLD, ids=name)
def test_named_source_files_exist(document: Path):
    """Files are named from the root, from `services/`, or from the folder of the document."""
    places = (ROOT, ROOT / "services", document.parent)
    named = _SOURCE.findall(prose(document))

    assert [one for one in named if "/" in one and not any((place / one).exists() for place in places)] == []


def test_the_reader_of_links_sees_what_is_broken():
    readme = ROOT / "README.md"

    assert leads_somewhere(readme, "docs/settings.md")
    assert leads_somewhere(readme, "deploy/README.md#install")
    assert leads_somewhere(readme, "#folders")
    assert not leads_somewhere(readme, "docs/nowhere.md")
    assert not leads_somewhere(readme, "deploy/README.md#nowhere")
    assert not leads_somewhere(readme, "#nowhere")
    assert not leads_somewhere(readme, "../outside.md")


@pytest.mark.parametrize("document", ["README.md", "README.zh.md"])
def test_the_readme_is_short(document: str):
    assert len((ROOT / document).read_text(encoding="utf-8").splitlines()) < LONGEST_README


@pytest.mark.parametrize("document", TOLD, ids=name)
def test_lines_of_text_fit_a_window(document: Path):
    """Rows of tables and lines with one long address can't be broken."""
    lines = [line for line in prose(document).splitlines() if not line.startswith("|") and "](" not in line]

    assert [line for line in lines if len(line) > LONGEST_LINE] == []


def test_pages_in_docs_have_both_languages():
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    english = {page for page in pages if not page.endswith(".zh.md")}

    assert english
    assert pages == english | {page.replace(".md", ".zh.md") for page in english}


@pytest.mark.parametrize("page", ["settings.md", "settings.zh.md"])
def test_every_setting_is_described(page: str):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    variables = [f"GONGHUI_{field.name.upper()}" for field in fields(Settings) if field.name != "overrides"]

    assert [variable for variable in variables if f"`{variable}`" not in text] == []


def test_both_languages_of_the_benchmarks_have_the_same_figures():
    english, chinese = (
        [line for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
        for page in ("benchmarks.md", "benchmarks.zh.md")
    )

    assert english == chinese
    assert len(english) > 10


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_shows_four_pages_in_its_language(readme: str) -> None:
    language = "zh" if ".zh." in readme else "en"
    shown = {ROOT / link for link in _LINK.findall(prose(ROOT / readme)) if link.endswith(".png")}
    assert shown == set((ROOT / "docs" / "pictures").glob(f"*.{language}.png"))
    assert len(shown) == 4
    assert all(path.stat().st_size <= LARGEST for path in shown)
