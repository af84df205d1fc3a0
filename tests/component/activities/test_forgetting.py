"""A former member whose data's time is over: how he was employed and since when is forgotten."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa

from services.activities.participants.tables import Participant
from tests.component.activities.season import Season


def test_the_copy_of_a_former_member_keeps_only_what_figures_need(season: Season) -> None:
    member_id = uuid4()
    season.joined(member_id)
    season.hear("member_anonymised", member_id=str(member_id))
    with season.database.session() as session:
        row = session.scalars(sa.select(Participant).where(Participant.member_id == member_id)).one()
        assert (row.employment, row.joined_on, row.awaits_ceremony) == (None, None, False)
