"""Wordings of consent: versions that stay as they were agreed to, each in force from its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import Refused
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership import consents as contract
from tests.component.membership.harness import MembershipHarness


def publish(membership: MembershipHarness, version: str, **changes: Any) -> dict[str, Any]:
    values = {
        "purpose": "processing",
        "version": version,
        "title": "同意书",
        "text": "新的个人信息处理说明。",
        **changes,
    }
    return membership.ask_typed(contract.publish_consent_text, **values)


def versions(membership: MembershipHarness, **filters: Any) -> list[tuple[str, bool]]:
    page = membership.ask_typed(contract.list_consent_texts, ANONYMOUS, purpose="processing", **filters)
    return [(text["version"], text["current"]) for text in page["items"]]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_new_version_is_in_force_from_its_day_and_the_old_one_stays_readable(membership: MembershipHarness) -> None:
    assert versions(membership) == [("2026-01", True)]
    tomorrow = clock.today() + timedelta(days=1)
    assert not publish(membership, "next", in_force_from=tomorrow)["current"]
    assert versions(membership) == [("2026-01", True)]
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert versions(membership) == [("next", True)]
        assert versions(membership, current=False) == [("next", True), ("2026-01", False)]
    assert [one["version"] for one in membership.events("consent_text_published")] == ["next"]


def test_a_version_names_one_wording_for_ever(membership: MembershipHarness) -> None:
    with pytest.raises(Refused) as caught:
        publish(membership, "2026-01")
    assert caught.value.rule == "consents.version_is_new"


def test_no_wording_is_in_force_before_it_is_published(membership: MembershipHarness) -> None:
    with pytest.raises(Refused) as caught:
        publish(membership, "late", in_force_from=date(2026, 1, 2))
    assert caught.value.rule == "consents.comes_into_force_ahead"
