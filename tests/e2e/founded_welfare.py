"""What stories about welfare in a founded union share: the union in the test's own process, people, figures, files.

Each story needs many commands and no broker.
"""

from __future__ import annotations

import base64
import io
from datetime import datetime, time, timedelta
from typing import Any

from PIL import Image

from services.chassis.clock import SHANGHAI, today
from tests.e2e import founding
from tests.e2e.test_portal_safety import Browser
from tests.support.api import Api
from tests.support.in_process import InProcessUnion

FIGURES = {
    "procurement": {"contract_from": "30000", "committee_from": "100000", "tender_from": "200000", "quotes_least": "3",
                    "committee_least": "3"},
    "recuperation": {"person_day_cap": "600", "days": "5", "outside_share": "1/3", "outside_interval": "3",
                     "insured_minimum": "800000", "group_minimum": "1", "period_years": "1", "period_cap": "3000",
                     "newcomer_until": "12-31", "newcomer_share": "1/1", "family_most": "2", "late_days": "7",
                     "lost_turns": "no_show"},
    "examinations": {"standings": "active", "women_interval": "2", "change_days": "1", "reminder_days": "7"},
    "aid": {"hardship.cap": "5000", "grave_illness.cap": "20000", "standings": "active", "committee_least": "3",
            "review_months": "12", "keep_months": "36", "line": "aid"},
    "mutual_aid": {"claim_keep_months": "36"},
    "campaign": {f"{kind}.{figure}": value for kind in ("warmth", "coolness", "on_duty")
                 for figure, value in (("cap", "1000"), ("forms", "goods"), ("line", "aid"))},
}  # fmt: skip
"""Figures of the union's own, by topic: all that work waits for."""


def caller_of(founded: InProcessUnion, one: dict[str, Any]) -> Api:
    return founding.caller(founded).sign_in(one["username"], one["password"])


def decide(officer: Api, topic: str) -> None:
    """Set the figures of a topic, for which the union was asked until then."""
    wanted = {f"{topic}.{name}" for name in FIGURES[topic]}
    assert wanted == {key for key in officer.get("/welfare/rules")["missing"] if key.startswith(f"{topic}.")}
    for name, value in FIGURES[topic].items():
        founding.set_figure(officer, f"{topic}.{name}", value)
    assert not wanted & set(officer.get("/welfare/rules")["missing"])


def no_rule(problem: dict[str, Any]) -> str:
    """Return which rule a refusal asks for."""
    assert problem["code"] == "no_rule_in_force", problem
    return str(problem["rule"])


def day(ahead: int = 0) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def moment(ahead: int, hour: int, minute: int = 0) -> str:
    return datetime.combine(today() + timedelta(days=ahead), time(hour, minute), SHANGHAI).isoformat()


def paper(**more: Any) -> dict[str, Any]:
    """Return a page as a file."""
    written = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(written, "PNG")
    content = base64.b64encode(written.getvalue()).decode()
    return {"name": "paper.png", "media_type": "image/png", "content": content, **more}


def paid(officer: Api, source_id: str) -> str:
    """Return what the ledger paid for a source."""
    return str(founding.entry_of(officer, source_id)["amount"])


def browser_of(union: InProcessUnion) -> Browser:
    """Return the first officer's browser."""
    browser = Browser(union.url)
    browser.http = union.session()
    assert browser.sign_in(founding.USERNAME, founding.PASSPHRASE).status_code == 303
    return browser
