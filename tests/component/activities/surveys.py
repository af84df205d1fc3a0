"""Surveys in a test: members with tokens of their own, and short ways to write, open, answer and close."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from services.chassis import ballot_board as board
from services.chassis.errors import Problem
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results
from tests.component.activities.harness import OFFICER, ActivitiesHarness
from tests.support.principals import member_account

QUESTIONS: list[dict[str, Any]] = [
    {"question": "您参加过吗", "kind": "yes_no", "required": True},
    {"question": "喜欢哪些", "kind": "choices", "options": ["球类", "棋类", "书画"],
     "condition": {"question": 1, "choices": [1]}},
    {"question": "打几分", "kind": "rating"},
    {"question": "还有什么建议", "kind": "text"},
]  # fmt: skip
BLANK: dict[str, Any] = {"text": None, "number": None, "day": None, "choices": []}


def answers(taken: bool = True, liked: tuple[int, ...] = (1,), points: int | None = 4, said: str | None = None) -> Any:
    """Answers to `QUESTIONS`."""
    return [
        {**BLANK, "choices": [1 if taken else 2]}, {**BLANK, "choices": list(liked)},
        {**BLANK, "choices": [points] if points else []}, {**BLANK, "text": said},
    ]  # fmt: skip


class Surveys:
    """Short ways to run surveys; an officer asks unless told otherwise."""

    def __init__(self, activities: ActivitiesHarness) -> None:
        self.activities = activities

    def write(self, by: Principal = OFFICER, /, **changes: Any) -> Any:
        terms = {"title": "文体活动意愿调查", "questions": QUESTIONS, **changes}
        return self.activities.ask(contract.write_survey, by, **terms)

    def open(self, made: Any, by: Principal = OFFICER, /) -> Any:
        """Open a draft and let the recurring work make its keys."""
        self.ask("open_survey", made, by)
        self.activities.run_timer("make_survey_keys")
        found = self.get(made, by)
        assert found["state"] == "open"
        return found

    def opened(self, by: Principal = OFFICER, /, **changes: Any) -> Any:
        return self.open(self.write(by, **changes), by)

    def ask(self, name: str, survey: Any, by: Principal = OFFICER, /, **more: Any) -> Any:
        """Carry out an operation on a survey."""
        return self.activities.ask(_operation(name), by, survey_id=survey["id"], **more)

    def refused(self, name: str, survey: Any, by: Principal = OFFICER, /, **more: Any) -> Problem:
        return self.activities.refused(_operation(name), by, survey_id=survey["id"], **more)

    def get(self, survey: Any, by: Principal = OFFICER) -> Any:
        return self.ask("get_survey", survey, by)

    def close(self, survey: Any) -> Any:
        """Close a survey; return what the officer sees of its result."""
        self.ask("close_survey", survey)
        return self.ask("get_survey_result", survey)

    def sheet(self, survey: Any, member_id: UUID, given: Any = None) -> dict[str, Any]:
        """Let a member get a token; return the sheet that can be handed in with it."""
        number = self.get(survey, member_account(member_id))["group"]
        prepared, signature = self.token(survey, member_id, number)
        return {
            "group": number, "token": board.encoded(prepared), "signature": board.encoded(signature),
            "answers": answers() if given is None else given,
        }  # fmt: skip

    def token(self, survey: Any, member_id: UUID, number: int) -> tuple[bytes, bytes]:
        key = blinding.public_key(board.decoded(self.keys(survey)[number]))
        prepared = blinding.prepare(secrets.token_bytes(32))
        blinded = blinding.blind(key, prepared)
        asked = {"blinded": board.encoded(blinded.message)}
        answer = self.ask("request_survey_token", survey, member_account(member_id), **asked)
        return prepared, blinding.finalize(key, prepared, board.decoded(answer["signature"]), blinded.inverse)

    def keys(self, survey: Any) -> dict[int, str]:
        told = self.ask("get_survey_keys", survey, ANONYMOUS)
        return {one["group"]: one["key"] for one in told["groups"]}

    def fill_in(self, survey: Any, member_id: UUID, given: Any = None) -> dict[str, Any]:
        """Let a member get a token and hand in a sheet; return the sheet."""
        body = self.sheet(survey, member_id, given)
        assert self.ask("hand_in_answers", survey, ANONYMOUS, **body) == {"taken": True}
        return body

    def answer(self, survey: Any, member_id: UUID, given: Any = None) -> Any:
        """Answer a named survey."""
        given = answers() if given is None else given
        return self.ask("answer_survey", survey, member_account(member_id), answers=given)

    def told(self, survey: Any, kind: str) -> list[dict[str, Any]]:
        """The data of a survey's events of one kind."""
        events = self.activities.outbox(subject=f"survey/{survey['id']}")
        return [one.data for one in events if one.type == kind]


def _operation(name: str) -> Any:
    return getattr(contract, name, None) or getattr(results, name)
