"""When a notice leaves: quiet hours over midnight, the digest, pauses between attempts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gateway.notices.timing import PAUSES, leaves_at, retry_at
from services.chassis.clock import SHANGHAI


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "quiet", "leaves"),
    [
        (at(1, 12), (None, None), at(1, 12)),
        (at(1, 12), (22 * 60, 7 * 60), at(1, 12)),
        (at(1, 22), (22 * 60, 7 * 60), at(2, 7)),
        (at(2, 6, 59), (22 * 60, 7 * 60), at(2, 7)),
        (at(2, 7), (22 * 60, 7 * 60), at(2, 7)),
        (at(1, 12, 30), (12 * 60, 14 * 60), at(1, 14)),
        (at(1, 14), (12 * 60, 14 * 60), at(1, 14)),
        (at(1, 9), (9 * 60, 9 * 60), at(1, 9)),
    ],
)
def test_quiet_hours_end_at_their_end_also_over_midnight(now, quiet, leaves):
    assert leaves_at(now, *quiet, None) == leaves


def test_a_digest_leaves_at_its_next_hour_whatever_is_quiet():
    assert leaves_at(at(1, 7, 59), 0, 12 * 60, 8) == at(1, 8)
    assert leaves_at(at(1, 8), None, None, 8) == at(2, 8)


def test_pauses_grow_and_the_last_one_stays():
    now = at(1, 8)
    pauses = [retry_at(now, attempts) - now for attempts in range(1, 10)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert set(pauses[len(PAUSES) - 1 :]) == {PAUSES[-1]}
