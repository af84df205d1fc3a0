"""Results of surveys that ended: figures of all and of units, words in random order, what was answered by name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.activities.surveys import rules
from services.activities.surveys.counting_rules import in_words, option_words, percent
from services.activities.surveys.tables import WHOLE, Survey, SurveyAnswer, SurveyFigure, SurveyGroup, SurveyText
from services.activities.surveys.use_cases.store import (
    group_of,
    groups_of,
    looks,
    require_looks,
    require_runs,
    runs,
    subject_of,
    survey_of,
)
from services.chassis.database.history import note_access, note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.security.principal import require_member


def get_survey_result(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a survey that ended.

    Raises:
        Refused: it has not ended, or the result is not told to the caller.
    """
    row = _told(tx, request)
    figures = _by_group(tx, row)
    groups = groups_of(tx, row.id) if row.by_unit else []
    whole = figures.get(WHOLE, [])
    return {
        "survey_id": row.id, "entitled": row.entitled or 0, "sheets": row.sheets or 0,
        "turnout": percent(row.sheets or 0, row.entitled or 0), "smallest": row.smallest, "shown": bool(whole),
        "with_texts": looks(tx.principal, row.unit_id) or row.with_texts, "questions": _questions(row, whole),
        "groups": [
            {
                "unit_id": one.unit_id, "shown": one.shown, "entitled": one.entitled, "sheets": one.sheets,
                "questions": _questions(row, figures.get(one.number, [])),
            }
            for one in groups
        ],
    }  # fmt: skip


def list_survey_figures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the result, of all or of one unit, a line for each option."""
    row = survey_of(tx, request["survey_id"])
    require_looks(tx.principal, row.unit_id)
    refuse_first(rules.result_is_out(row.state))
    lines = sa.select(SurveyFigure).where(SurveyFigure.survey_id == row.id)
    if request["unit_id"] is None:
        lines = lines.where(SurveyFigure.group == WHOLE)
    else:
        of_unit = sa.select(SurveyGroup.number).where(
            SurveyGroup.survey_id == row.id, SurveyGroup.unit_id == request["unit_id"]
        )
        lines = lines.where(SurveyFigure.group.in_(of_unit))
    keys = [(SurveyFigure.group, "asc"), (SurveyFigure.question, "asc"), (SurveyFigure.option, "asc")]
    page = page_of(tx, lines, request, keys)
    return page.reply([_line(row, one) for one in page.rows])


def list_survey_texts(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what was written, question by question, in random order.

    Raises:
        Refused: it has not ended, or texts are not told to the caller.
    """
    row = _told(tx, request)
    by_office = looks(tx.principal, row.unit_id)
    refuse_first(rules.reader_is_told(by_office, row.with_texts, True))
    texts = sa.select(SurveyText).where(SurveyText.survey_id == row.id)
    hidden = request["hidden"] if by_office else False
    if hidden is not None:
        texts = texts.where(SurveyText.reason.is_not(None) if hidden else SurveyText.reason.is_(None))
    if request["number"] is not None:
        texts = texts.where(SurveyText.question == request["number"])
    keys = [(SurveyText.question, "asc"), (SurveyText.id, "asc")]
    page = page_of(tx, texts, request, keys)
    return page.reply([_text(tx, row, one) for one in page.rows])


def moderate_survey_text(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Hide a text with the reason, or show it again; the history says that it was done, not what it says."""
    row = survey_of(tx, request["survey_id"])
    require_runs(tx.principal, row.unit_id)
    found = tx.get(SurveyText, request["text_id"], "There is no such text.", field="text_id", lock=True)
    if found.survey_id != row.id:
        raise NotFound("There is no such text.", field="text_id")
    step = "show_text" if request["reason"] is None else "hide_text"
    note_change(tx, subject_of(row.id), {"step": (None, step), "text": (None, str(found.id))}, request["reason"])
    found.reason = request["reason"]
    return _text(tx, row, found)


def open_survey_answers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of who answered what to a named survey that ended, and keep that the caller looked."""
    row = survey_of(tx, request["survey_id"])
    require_runs(tx.principal, row.unit_id)
    refuse_first(rules.way_fits(row.anonymous, False), rules.result_is_out(row.state))
    of_survey = sa.select(SurveyAnswer).where(SurveyAnswer.survey_id == row.id)
    page = page_of(tx, of_survey, request, [(SurveyAnswer.member_id, "asc")])
    note_access(tx, subject_of(row.id), f"{len(page.rows)} answers", "named answers")
    return page.reply([_named(row, one) for one in page.rows])


def my_survey_answers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what the caller answered by name, latest first."""
    member_id = require_member(tx.principal, "Only members fill in surveys.", rule="surveys.caller_is_a_member")
    mine = sa.select(SurveyAnswer).where(SurveyAnswer.member_id == member_id)
    page = page_of(tx, mine, request, [(SurveyAnswer.answered_at, "desc"), (SurveyAnswer.survey_id, "desc")])
    rows = sa.select(Survey).where(Survey.id.in_([one.survey_id for one in page.rows]))
    surveys = {one.id: one for one in tx.session.scalars(rows)}
    return page.reply(
        [
            {
                "survey_id": one.survey_id, "title": surveys[one.survey_id].title, "answered_at": one.answered_at,
                "text": _named(surveys[one.survey_id], one)["text"],
            }
            for one in page.rows
        ]
    )  # fmt: skip


def _told(tx: Transaction, request: Mapping[str, Any]) -> Survey:
    row = survey_of(tx, request["survey_id"])
    asked = group_of(tx, row.id, tx.principal.member_id) is not None
    by_office = looks(tx.principal, row.unit_id)
    refuse_first(rules.reader_is_told(by_office, row.state == "published", asked), rules.result_is_out(row.state))
    return row


def _by_group(tx: Transaction, row: Survey) -> dict[int, list[SurveyFigure]]:
    of_survey = sa.select(SurveyFigure).where(SurveyFigure.survey_id == row.id)
    found: dict[int, list[SurveyFigure]] = defaultdict(list)
    for one in tx.session.scalars(of_survey.order_by(SurveyFigure.question, SurveyFigure.option)):
        found[one.group].append(one)
    return found


def _questions(row: Survey, figures: Sequence[SurveyFigure]) -> list[dict[str, Any]]:
    by_number: dict[int, list[SurveyFigure]] = defaultdict(list)
    for one in figures:
        by_number[one.question].append(one)
    return [_question(row.questions[number - 1], number, found) for number, found in by_number.items()]


def _question(question: Mapping[str, Any], number: int, figures: Sequence[SurveyFigure]) -> dict[str, Any]:
    words, [first, *_] = option_words(question), figures
    return {
        "number": number, "question": question["question"], "kind": question["kind"], "answered": first.answered,
        "mean": first.mean,
        "options": [
            {"option": words[one.option - 1], "count": one.count, "percent": percent(one.count, one.answered)}
            for one in figures if one.option
        ],
    }  # fmt: skip


def _line(row: Survey, figure: SurveyFigure) -> dict[str, Any]:
    question = row.questions[figure.question - 1]
    option = option_words(question)[figure.option - 1] if figure.option else None
    whole = figure.answered if figure.option else (row.sheets or 0) * (figure.group == WHOLE)
    return {
        "number": figure.question, "question": question["question"], "option": option, "count": figure.count,
        "percent": percent(figure.count, whole), "answered": figure.answered, "mean": figure.mean,
    }  # fmt: skip


def _text(tx: Transaction, row: Survey, text: SurveyText) -> dict[str, Any]:
    hidden = text.reason is not None
    return {
        "id": text.id, "number": text.question, "question": row.questions[text.question - 1]["question"],
        "text": text.text, "hidden": hidden, "reason": text.reason,
        "actions": ["show" if hidden else "hide"] if runs(tx.principal, row.unit_id) else [],
    }  # fmt: skip


def _named(row: Survey, answer: SurveyAnswer) -> dict[str, Any]:
    told = [in_words(question, one) for question, one in zip(row.questions, json.loads(answer.content), strict=True)]
    pairs = zip(row.questions, told, strict=True)
    text = "；".join(f"{question['question']}：{words}" for question, words in pairs if words)
    return {"member_id": answer.member_id, "answered_at": answer.answered_at, "answers": told, "text": text}
