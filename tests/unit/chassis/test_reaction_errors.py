"""What is kept and logged of an event that failed says what broke and quotes nobody."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.events.handlers import _told


def test_of_a_databases_error_only_the_first_line_is_kept() -> None:
    original = Exception('null value in column "unit_id"\nDETAIL:  Failing row contains (1, 欧阳晓).')
    told = _told(sa.exc.IntegrityError("INSERT", {}, original))
    assert told == 'IntegrityError: null value in column "unit_id"'
    assert _told(RuntimeError("stumbled")) == "RuntimeError: stumbled"
