"""The PDF of the own data: states and kinds of every list read as words."""

from __future__ import annotations

import pytest

from gateway.pdf.own_data import text_of


@pytest.mark.parametrize(
    ("key", "name", "value", "text"),
    [
        ("transfers", "state", "requested", "待调出单位同意"),
        ("transfers", "kind", "internal", "校内转会"),
        ("corrections", "field", "gender", "性别"),
        ("corrections", "state", "asked", "待答复"),
        ("standing_changes", "kind", "expulsion", "除名"),
        ("standing_changes", "new_standing", "retained", "保留会籍"),
        ("registrations", "state", "waitlisted", "候补中"),
        ("accesses", "field", "id_number", "身份证号"),
    ],
)
def test_codes_read_as_words(key, name, value, text):
    assert text_of(key, name, value) == text


def test_other_values_stand_as_they_are():
    assert text_of("posts", "kind", None) is None
    assert text_of("accesses", "at", "2026-03-01T08:30:12+08:00") == "2026-03-01 08:30"
    assert text_of("dues_payments", "amount", "12.50") == "12.50"
    assert text_of("transfers", "state", "of a newer service") == "of a newer service"
