"""HR synchronisation: what is news, what a record amounts to, what may be applied."""

from __future__ import annotations

import pytest

from services.membership.hr_sync import rules


@pytest.mark.parametrize(
    ("sequence", "known", "news"), [(5, None, "new"), (6, 5, "new"), (5, 5, "repeated"), (4, 5, "older")]
)
def test_only_a_greater_sequence_is_news(sequence: int, known: int | None, news: str) -> None:
    assert rules.news_of(sequence, known) == news


@pytest.mark.parametrize(
    ("status", "standing", "changed", "kind"),
    [
        ("employed", None, {"name"}, "join"),
        ("left", None, {"name"}, None),
        ("retired", None, {"name"}, None),
        ("left", "active", set(), "leave"),
        ("left", "retained", set(), "leave"),
        ("retired", "active", {"unit_id"}, "retirement"),
        ("retired", "retained", set(), None),
        ("employed", "active", {"unit_id", "phone"}, "move"),
        ("employed", "active", {"phone"}, "change"),
        ("employed", "active", set(), None),
    ],
)
def test_a_record_amounts_to_what_matters_most(
    status: str, standing: str | None, changed: set[str], kind: str | None
) -> None:
    assert rules.kind_of(status, standing, changed) == kind


def test_what_is_settled_stays_so() -> None:
    assert rules.difference_is_open("open") is None
    assert [state for state in ("applied", "dismissed", "same") if rules.difference_is_open(state) is None] == []


def test_a_record_changed_since_it_was_seen_is_looked_at_again() -> None:
    assert rules.member_is_unchanged(3, 3) is None
    assert rules.member_is_unchanged(None, None) is None
    assert rules.member_is_unchanged(3, 4) is not None
    assert rules.member_is_unchanged(None, 1) is not None


def test_who_joins_is_known_and_has_a_unit() -> None:
    refusal = rules.record_is_complete(["name", "gender"])
    assert refusal is not None
    assert refusal.params == {"missing": ["gender", "name"]}
    assert rules.record_is_complete([]) is None
    assert rules.unit_is_known("77", known=False) is not None
    assert rules.pull_is_configured("") is not None
