"""Answering: by a token of which nobody knows whose it is, or under one's name. Of sheets nothing else is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.activities.surveys import answer_rules, rules
from services.activities.surveys.tables import Survey, SurveyAnswer, SurveyGroup, SurveyMark, SurveyRoll, SurveySheet
from services.activities.surveys.use_cases.reading import fingerprint_of, keys_of
from services.activities.surveys.use_cases.store import group_of, lock_of, survey_of
from services.chassis import anonymous_sheets, blind_tokens
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.process.runtime import Call
from services.chassis.security.principal import require_member
from services.contracts.activities.surveys.events import SurveyAnswered

_REQUEST, _TOKEN = "surveys.request_is_blinded", "surveys.token_is_valid"
_MEMBERS = "Only members fill in surveys."


def request_survey_token(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Sign the blinded token of a member on the roll, once; the same request gets the same answer.

    Raises:
        NotAllowed: the account belongs to no member.
        InvalidInput: this is no blinded message.
        Refused: it is not open or not anonymous, or the member may not answer or got another token.
    """
    survey_id = request["survey_id"]
    with call.transaction() as tx:
        member_id = require_member(tx.principal, _MEMBERS, rule="surveys.caller_is_a_member")
        _open_one(tx, request, by_token=True)
        number = group_of(tx, survey_id, member_id)
        refuse_first(rules.member_is_on_the_roll(number is not None))
        message = blind_tokens.blinded_message(request["blinded"], _REQUEST)
        holder = {"survey_id": survey_id, "member_id": member_id}
        refuse_first(rules.request_is_the_first(blind_tokens.is_first_request(tx, SurveyMark, holder, message)))
        key = tx.session.get_one(SurveyGroup, (survey_id, number)).signing_key or ""
    return {"signature": blind_tokens.sign(key, message, _REQUEST)}


def get_survey_keys(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of all groups of a survey, the same to everybody."""
    row = survey_of(tx, request["survey_id"])
    groups = [{"group": number, "key": key} for number, key in keys_of(tx, row)]
    return {"survey_id": row.id, "state": row.state, "groups": groups, "fingerprint": fingerprint_of(tx, row) or ""}


def hand_in_answers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a sheet; the same one again gets the same answer while the survey is open.

    Raises:
        InvalidInput: a value is not base64.
        Refused: it is not open, the token is none of it or was used, the answers do not fit.
    """
    token, signature = anonymous_sheets.token_of(request, _TOKEN)
    row = _open_one(tx, request, by_token=True)
    number = request["group"]
    group = tx.session.get(SurveyGroup, (row.id, number))
    signed = group is not None and anonymous_sheets.is_token_of(group.public_key, token, signature)
    refuse_first(rules.token_is_valid(signed))
    content = _content(row, request["answers"])
    owner = {"survey_id": row.id}
    taken = anonymous_sheets.keep_once(tx, SurveySheet, owner, token, group=number, content=content)
    refuse_first(rules.token_is_unused(taken))
    return {"taken": True}


def answer_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Keep one's own answers to a named survey; given again while it is open, the last ones count.

    Raises:
        NotAllowed: the account belongs to no member.
        Refused: it is not open or anonymous, the member was not asked, the answers do not fit.
    """
    member_id = require_member(tx.principal, _MEMBERS, rule="surveys.caller_is_a_member")
    row = _open_one(tx, request, by_token=False)
    refuse_first(rules.member_is_on_the_roll(group_of(tx, row.id, member_id) is not None))
    values = {"content": _content(row, request["answers"]), "answered_at": tx.now}
    key = {"survey_id": row.id, "member_id": member_id}
    if tx.session.get(SurveyAnswer, (row.id, member_id)) is None:
        tx.record(SurveyAnswered(survey_id=row.id, member_ids=[member_id]))
    new = upsert(tx.session, SurveyAnswer).values(**key, **values)
    tx.session.execute(new.on_conflict_do_update(index_elements=list(key), set_=values))
    return {"taken": True}


def forget_member(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase what an anonymised member answered under the name, and that the member was asked.

    That a token was given out stays until the survey is closed: the sheet is counted, and must not outnumber tokens.
    """
    member_id = event.data["member_id"]
    over = sa.select(Survey.id).where(Survey.state.not_in(("opening", "open")))
    tx.session.execute(sa.delete(SurveyAnswer).where(SurveyAnswer.member_id == member_id))
    tx.session.execute(sa.delete(SurveyRoll).where(SurveyRoll.member_id == member_id, SurveyRoll.survey_id.in_(over)))


def _open_one(tx: Transaction, request: Mapping[str, Any], *, by_token: bool) -> Survey:
    tx.lock(lock_of(request["survey_id"]), shared=True)
    row = survey_of(tx, request["survey_id"])
    refuse_first(
        rules.survey_is_open(row.state, row.closes_at, tx.now),
        rules.way_fits(row.anonymous, by_token),
    )
    return row


def _content(row: Survey, given: Sequence[Mapping[str, Any]]) -> str:
    """Return answers as they are kept, without those to questions that were not asked. Raises `Refused`."""
    answers = given if len(given) != len(row.questions) else answer_rules.only_asked(row.questions, given)
    refuse_first(answer_rules.answers_fit(row.questions, answers))
    return json.dumps([_plain(one) for one in answers], ensure_ascii=False)


def _plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer in JSON values, always with the same fields, so that the same answers are the same text."""
    number, day = answer["number"], answer["day"]
    return {
        "text": answer["text"], "number": None if number is None else str(number),
        "day": None if day is None else day.isoformat(), "choices": sorted(answer["choices"]),
    }  # fmt: skip
