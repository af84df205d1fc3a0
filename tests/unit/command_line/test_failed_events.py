"""`gonghui events`: what failed is shown with its error and its event, and can be settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from deploy import events
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.errors import NotFound, Refused
from services.chassis.events import inbox
from services.chassis.process import settings as settings_module

EVENT = UUID("01930000-0000-7000-8000-000000000001")
CONSUMER = "welfare.on_member_joined"
BODY = f'{{"data": {{"member_id": "{EVENT}", "phone": "138"}}}}'
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def welfare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A service with one event that failed."""
    url = f"sqlite:///{tmp_path}/welfare.sqlite3"
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    monkeypatch.setenv("GONGHUI_HASH_KEY", "hash-key-of-the-tests-32-bytes-long")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")
    monkeypatch.setenv("GONGHUI_WELFARE_DATABASE_URL", url)
    settings_module.reset()
    database = Database(url)
    ChassisBase.metadata.create_all(database.engine)
    with database.session() as session:
        inbox.keep_failed(session, CONSUMER, EVENT, BODY, "KeyError: 'rule'\nin full", AT)
    database.close()
    yield
    settings_module.reset()


def test_a_failed_event_is_shown_with_the_ids_it_holds_and_nothing_else_of_it() -> None:
    shown = dict(line.split("\t", 1) for line in events.show(CONSUMER, EVENT))

    assert (shown["status"], shown["attempts"]) == ("failed", "1")
    assert shown["error"] == "KeyError: 'rule'\nin full"
    assert shown["data.member_id"] == str(EVENT)
    assert "phone" not in str(shown)


def test_who_gave_up_an_event_is_shown_with_his_reason() -> None:
    events.discard(CONSUMER, EVENT, "twice the same")

    assert any(line.startswith("discarded") and "twice the same" in line for line in events.show(CONSUMER, EVENT))
    with pytest.raises(Refused):
        events.replay(CONSUMER, EVENT)


def test_there_is_nothing_to_show_of_an_event_nobody_failed_at() -> None:
    with pytest.raises(NotFound):
        list(events.show("welfare.on_visit_completed", EVENT))
    with pytest.raises(SystemExit, match="no service"):
        list(events.show("weather.on_rain", EVENT))
