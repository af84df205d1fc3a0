"""Wordings of consent: versions that stay as they were agreed to, each in force from its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import Refused
from services.contracts.membership import consents as contract
from services.membership.consents.use_cases import wordings
from tests.component.membership.union import Union, asked


def publish(union: Union, version: str, **changes: Any) -> dict[str, Any]:
    values = {
        "purpose": "processing",
        "version": version,
        "title": "同意书",
        "text": "新的个人信息处理说明。",
        **changes,
    }
    with union.acting(union.officer) as tx:
        return wordings.publish_consent_text(tx, asked(contract.publish_consent_text, **values))


def versions(union: Union, **filters: Any) -> list[tuple[str, bool]]:
    with union.acting() as tx:
        page = wordings.list_consent_texts(tx, asked(contract.list_consent_texts, purpose="processing", **filters))
    return [(text["version"], text["current"]) for text in page["items"]]


def test_a_new_version_is_in_force_from_its_day_and_the_old_one_stays_readable(any_union: Union) -> None:
    assert versions(any_union) == [("2026-01", True)]
    tomorrow = clock.today() + timedelta(days=1)
    assert not publish(any_union, "next", in_force_from=tomorrow)["current"]
    assert versions(any_union) == [("2026-01", True)]
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert versions(any_union) == [("next", True)]
        assert versions(any_union, current=False) == [("next", True), ("2026-01", False)]
    assert [one["version"] for one in any_union.events("consent_text_published")] == ["next"]


def test_a_version_names_one_wording_for_ever(any_union: Union) -> None:
    with pytest.raises(Refused) as caught:
        publish(any_union, "2026-01")
    assert caught.value.rule == "consents.version_is_new"


def test_no_wording_is_in_force_before_it_is_published(any_union: Union) -> None:
    with pytest.raises(Refused) as caught:
        publish(any_union, "late", in_force_from=date(2026, 1, 2))
    assert caught.value.rule == "consents.comes_into_force_ahead"
