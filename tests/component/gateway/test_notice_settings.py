"""The own notice settings: a form that was opened before does not undo what was chosen meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from gateway.notices.tables import NoticeSettings
from gateway.notices.unsubscribing import DIGEST, token_of, unsubscribe
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from tests.unit.gateway.conftest import Person

SignIn = Callable[..., Person]
PATH = "/api/v1/me/notice-settings"


@pytest.mark.parametrize("ended", ["dues_reminded", DIGEST])
def test_settings_that_were_opened_before_unsubscribing_do_not_undo_it(
    app: Flask, database: Database, sign_in: SignIn, ended: str
) -> None:
    person, http = sign_in("member"), app.test_client()

    def put(**body: Any) -> Any:
        return http.put(PATH, json=body, headers=person.headers).json

    opened = put(version=http.get(PATH, headers=person.headers).json["version"], off=["visit_due"])
    assert opened["off"] == ["visit_due"]
    with transaction(database) as tx:
        assert unsubscribe(tx, token_of(person.account_id, ended)) == ended

    refused = put(version=opened["version"], off=[])
    assert (refused["status"], refused["rule"]) == (409, "notices.settings_are_current")
    now = http.get(PATH, headers=person.headers).json
    assert (now["off"], now["stopped"]) == (
        (["visit_due"], True) if ended == DIGEST else (["dues_reminded", "visit_due"], False)
    )
    assert put(version=now["version"], off=now["off"], stopped=now["stopped"])["version"] == now["version"] + 1


def test_without_a_version_the_last_one_counts(app: Flask, sign_in: SignIn, database: Database) -> None:
    person, http = sign_in("member"), app.test_client()
    for off in (["visit_due"], []):
        assert http.put(PATH, json={"off": off}, headers=person.headers).json["off"] == off
    with database.session() as session:
        assert session.query(NoticeSettings).one().version == 2
