"""Which members are newcomers, and to which ceremony they may be invited."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.activities.participants.rules import is_invitable, is_newcomer

UNIT, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("joined_on", "today", "new"),
    [
        (date(2023, 3, 1), date(2023, 3, 1), True),
        (date(2023, 3, 1), date(2024, 2, 29), True),
        (date(2023, 3, 1), date(2024, 3, 1), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2009, 9, 1), date(2023, 9, 1), False),
        (None, date(2023, 9, 1), False),
    ],
)
def test_a_newcomer_joined_within_the_last_twelve_months(joined_on, today, new):
    assert is_newcomer(joined_on, today) is new


def test_nobody_is_invited_to_what_he_may_not_register_for():
    assert is_invitable(UNIT, "contract", [], [])
    assert is_invitable(UNIT, "contract", [UNIT], ["contract"])
    assert not is_invitable(UNIT, "contract", [OTHER], [])
    assert not is_invitable(UNIT, "contract", [], ["established"])
    assert not is_invitable(None, None, [UNIT], [])
