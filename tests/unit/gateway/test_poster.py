"""The poster of an activity: who gets it, and what is handed to the printer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.read_models.tables import ActivityView
from gateway.subjects.activities.activities import poster_pages
from services.chassis import clock
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7

SOON = clock.now() + timedelta(days=3)


@pytest.fixture
def printer(monkeypatch):
    """What was given to the printer."""
    asked = []
    monkeypatch.setattr(poster_pages, "printed", lambda *facts: asked.append(facts) or b"%PDF-")
    return asked


@pytest.fixture
def activity_id(database):
    row = ActivityView(
        activity_id=uuid7(), title="秋季球赛", kind="match", starts_at=SOON, ends_at=SOON + timedelta(hours=2),
        audience={"units": []}, registration_opens_at=SOON, registration_closes_at=SOON, summary="欢迎参加",
    )  # fmt: skip
    found = row.activity_id
    with transaction(database) as tx:
        tx.session.add(row)
    return found


def test_everybody_signed_in_gets_the_poster(app_with_portal, sign_in, printer, activity_id):
    browser = app_with_portal.test_client()
    path = f"/activities/{activity_id}/poster.pdf"
    assert browser.get(path).status_code in (302, 303)
    answer = browser.get(path, headers=sign_in().headers)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", b"%PDF-")
    (paper, poster), = printer  # fmt: skip
    assert paper == "poster"
    assert (poster["title"], poster["summary"], poster["kind"]) == ("秋季球赛", "欢迎参加", "球类比赛")
    assert poster["address"].endswith(f"/activities/{activity_id}")
    assert dict(poster["facts"])["对象"] == "全体会员"
    assert browser.get(f"/activities/{uuid7()}/poster.pdf", headers=sign_in().headers).status_code == 404
