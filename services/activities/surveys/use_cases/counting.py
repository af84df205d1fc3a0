"""Counting a survey that is being closed: figures of all and of the units that may be told, words in random order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.activities.surveys import rules
from services.activities.surveys.counting_rules import Tally, counted
from services.activities.surveys.tables import (
    WHOLE,
    Survey,
    SurveyAnswer,
    SurveyFigure,
    SurveyMark,
    SurveyRoll,
    SurveySheet,
    SurveyText,
)
from services.activities.surveys.use_cases.store import groups_of
from services.chassis.anonymous_sheets import in_random_order
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.small_groups import hidden_groups

Sheets = Mapping[int, Sequence[Any]]
"""The answers of each group."""


def count(tx: Transaction, row: Survey) -> int:
    """Store what may be told of a held survey, and return how many answered.

    Raises:
        Refused: a group has more sheets than tokens: its key was misused.
    """
    sheets = _sheets(tx, row)
    if row.anonymous:
        _require_tokens(tx, row, sheets)
    total, smallest = sum(len(one) for one in sheets.values()), row.smallest or 1
    is_told = total >= (smallest if row.anonymous else 1)
    if row.by_unit:
        _store_groups(tx, row, sheets, smallest, is_told=is_told)
    if is_told:
        whole = counted(row.questions, (sheet for one in sheets.values() for sheet in one))
        tx.session.add_all(_figures(row.id, WHOLE, whole))
        tx.session.add_all(_texts(row.id, whole))
    tx.session.flush()
    return total


def _sheets(tx: Transaction, row: Survey) -> Sheets:
    if row.anonymous:
        found = sa.select(SurveySheet.group, SurveySheet.content).where(SurveySheet.survey_id == row.id)
    else:
        theirs = sa.and_(SurveyRoll.survey_id == SurveyAnswer.survey_id, SurveyRoll.member_id == SurveyAnswer.member_id)
        found = sa.select(SurveyRoll.group, SurveyAnswer.content).join(SurveyRoll, theirs)
        found = found.where(SurveyAnswer.survey_id == row.id)
    sheets: dict[int, list[Any]] = defaultdict(list)
    for group, content in tx.session.execute(found):
        sheets[group].append(json.loads(content))
    return sheets


def _require_tokens(tx: Transaction, row: Survey, sheets: Sheets) -> None:
    theirs = sa.and_(SurveyRoll.survey_id == SurveyMark.survey_id, SurveyRoll.member_id == SurveyMark.member_id)
    marks = sa.select(SurveyRoll.group, sa.func.count()).join(SurveyMark, theirs)
    marks = marks.where(SurveyMark.survey_id == row.id).group_by(SurveyRoll.group)
    tokens = {one[0]: one[1] for one in tx.session.execute(marks)}
    for group, theirs_of in sheets.items():
        refuse_first(rules.sheets_match_tokens(len(theirs_of), tokens.get(group, 0)))


def _store_groups(tx: Transaction, row: Survey, sheets: Sheets, smallest: int, *, is_told: bool) -> None:
    """Store the figures of groups that may be told: neither they nor the whole less the others tell of few people."""
    groups = groups_of(tx, row.id)
    sizes = {one.number: len(sheets.get(one.number, ())) for one in groups}
    hidden = hidden_groups(sizes, smallest, sum)
    for group in groups:
        group.shown = is_told and group.number not in hidden and sizes[group.number] > 0
        if group.shown:
            group.sheets = sizes[group.number]
            tx.session.add_all(_figures(row.id, group.number, counted(row.questions, sheets[group.number])))


def _figures(survey_id: UUID, group: int, tallies: Sequence[Tally]) -> Iterator[SurveyFigure]:
    for number, tally in enumerate(tallies, 1):
        options = list(enumerate(tally.counts, 1)) or [(0, tally.answered)]
        for option, chosen in options:
            yield SurveyFigure(
                survey_id=survey_id, group=group, question=number, option=option, count=chosen,
                answered=tally.answered, mean=tally.mean,
            )  # fmt: skip


def _texts(survey_id: UUID, tallies: Sequence[Tally]) -> Iterator[SurveyText]:
    """Yield words in random order of each question by itself, so that no two tell of one person."""
    for number, tally in enumerate(tallies, 1):
        for text in in_random_order(tally.words):
            yield SurveyText(id=uuid4(), survey_id=survey_id, question=number, text=text)
