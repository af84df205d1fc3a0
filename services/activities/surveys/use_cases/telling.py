"""Telling who stands on rolls in batches: that they are asked, asked again or for longer, or what became of a survey.

Of anonymous surveys those are asked again who were not named by `survey_answered`: to leave out a member who got a
token just before would tell who that was.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.activities.surveys.tables import Survey, SurveyAnswer, SurveyMark, SurveyRoll
from services.chassis.database.transaction import Transaction
from services.contracts.activities.surveys.events import MEMBERS_OF_AN_EVENT, SurveyCalled, SurveyTold
from services.contracts.activities.surveys.vocabulary import SURVEY_CALLS

BATCHES_A_TURN = 20


def tell_asked(tx: Transaction) -> None:
    """Tell the next members of surveys of which there is something to tell."""
    waiting = sa.select(Survey).where(Survey.telling.is_not(None)).order_by(Survey.id)
    surveys = list(tx.session.scalars(waiting.limit(BATCHES_A_TURN).with_for_update(skip_locked=True)))
    turns = 0
    for row in surveys:
        while row.telling is not None and turns < BATCHES_A_TURN:
            turns += 1
            _tell_part(tx, row)


def still_asked(row: Survey) -> sa.Select[UUID]:
    """Return the select of the members who are asked again."""
    answered: sa.Select[UUID]
    if row.anonymous:
        answered = sa.select(SurveyMark.member_id).where(SurveyMark.survey_id == row.id, SurveyMark.told.is_(True))
    else:
        answered = sa.select(SurveyAnswer.member_id).where(SurveyAnswer.survey_id == row.id)
    on_roll = sa.select(SurveyRoll.member_id).where(SurveyRoll.survey_id == row.id)
    return on_roll.where(SurveyRoll.member_id.not_in(answered))


def _tell_part(tx: Transaction, row: Survey) -> None:
    page = still_asked(row)
    if row.telling not in ("again", "extended"):
        page = sa.select(SurveyRoll.member_id).where(SurveyRoll.survey_id == row.id)
    if row.reached is not None:
        page = page.where(SurveyRoll.member_id > row.reached)
    members = list(tx.session.scalars(page.order_by(SurveyRoll.member_id).limit(MEMBERS_OF_AN_EVENT)))
    if members:
        tx.record(_told(row, members))
        row.reached = members[-1]
    if len(members) < MEMBERS_OF_AN_EVENT:
        row.telling = row.reached = None


def _told(row: Survey, members: list[UUID]) -> SurveyCalled | SurveyTold:
    if row.telling in SURVEY_CALLS:
        return SurveyCalled(survey_id=row.id, member_ids=members, call=row.telling, closes_at=row.closes_at)
    return SurveyTold(survey_id=row.id, member_ids=members, end=row.telling)
