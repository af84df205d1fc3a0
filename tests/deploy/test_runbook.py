"""Links within the runbook and the guide for operators lead to files and headings that exist."""

from __future__ import annotations

import re

import pytest

from tests.deploy.charts import DEPLOY

SITUATIONS = ("Out of memory", "Fail-over", "A full disk", "A replica that holds something and hangs", "Lost events")


def anchors(text: str) -> set[str]:
    """The anchors of headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", ["README.md", "runbook.md"])
def test_links_lead_somewhere(name: str):
    text = (DEPLOY / name).read_text()
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (DEPLOY / path) if path else DEPLOY / name
        if not target.exists() or (anchor and anchor not in anchors(target.read_text())):
            broken.append(link)

    assert len(links) > 10
    assert broken == []


def test_there_is_a_page_for_what_happens_at_night():
    assert {f"### {title}" for title in SITUATIONS} <= set((DEPLOY / "runbook.md").read_text().splitlines())
