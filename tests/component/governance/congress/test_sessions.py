"""A session from convening to closing: quorum, agenda, speakers, resolutions, minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import Conflict, InvalidInput, NotAllowed, NotFound, PreconditionFailed, Refused
from services.contracts.governance.ballots import operations as ballots
from services.contracts.governance.congress import archives, floor, minutes, sessions
from services.contracts.governance.congress import terms as term_contract
from services.contracts.governance.ratings import operations as ratings
from tests.component.governance import ratings as rating
from tests.component.governance.congress.terms import BODY, Union, member_account


class Session:
    """A session of a congress of seven delegates, five of whom are needed."""

    def __init__(self, union: Union) -> None:
        self.union, self.governance = union, union.governance
        self.congress = union.in_term()
        values = {"number": 4, "opens_on": date(2026, 3, 11), "closes_on": date(2026, 3, 12), "place": "礼堂"}
        self.id = self.governance.ask(sessions.add_session, congress_id=self.congress, **values)["id"]
        self.delegates: list[UUID] = [
            one for unit, count in zip(union.units, (4, 2, 1), strict=True) for one in union.members[unit][:count]
        ]

    def item(self, kind: str = "passed", **values: Any) -> str:
        given = {"session_id": self.id, "title": "校长工作报告", "agenda_kind": kind, **values}
        return str(self.governance.ask(floor.add_agenda_item, **given)["id"])

    def do(self, operation: Any, by: Any = None, /, **values: Any) -> Any:
        return self.governance.ask(operation, by, **values)

    def come(self, count: int) -> None:
        for one in self.delegates[:count]:
            self.do(sessions.check_in, session_id=self.id, member_id=one)

    def begin(self, *kinds: str, there: int = 5) -> list[str]:
        items = [self.item(kind) for kind in kinds or ("passed",)]
        self.do(sessions.convene_session, session_id=self.id)
        self.come(there)
        self.do(sessions.open_session, session_id=self.id)
        self.do(floor.begin_agenda_item, item_id=items[0])
        return items

    def quorum(self) -> tuple[int, int, int]:
        (body,) = self.do(sessions.session_quorum, session_id=self.id)["bodies"]
        return body["present"], body["needed"], body["missing"]

    def refused(self, operation: Any, by: Any = None, /, **values: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.do(operation, by, **values)
        return str(refused.value.rule)


@pytest.fixture
def session(union: Union) -> Session:
    return Session(union)


def test_a_session_is_convened_with_an_agenda_and_opened_with_its_quorum(session: Session):
    assert session.refused(sessions.convene_session, session_id=session.id) == "congress.agenda_is_there"
    assert session.refused(sessions.check_in, session_id=session.id, member_id=session.delegates[0]) == (
        "congress.session_takes_people"
    )
    session.item()
    session.do(sessions.convene_session, session_id=session.id)
    session.come(4)
    assert session.quorum() == (4, 5, 1)
    assert session.refused(sessions.open_session, session_id=session.id) == "congress.quorum_is_there"
    assert session.governance.events("quorum_reached") == []

    session.come(5)

    assert session.quorum() == (5, 5, 0)
    (reached,) = session.governance.events("quorum_reached")
    assert (reached["present"], reached["needed"], reached["delegates"]) == (5, 5, 7)
    assert session.do(sessions.open_session, session_id=session.id)["state"] == "in_session"
    (convened,) = session.governance.events("congress_convened")
    assert (convened["term"], convened["number"]) == (6, 4)


def test_delegates_are_called_once_and_told_when_the_session_is_moved(session: Session):
    session.item()
    days = {"opens_on": date(2026, 3, 20), "closes_on": date(2026, 3, 20), "place": "报告厅"}
    version = session.do(sessions.change_session, session_id=session.id, version=1, **days)["version"]
    assert session.governance.events("delegates_convened") == []
    session.do(sessions.convene_session, session_id=session.id)
    (called,) = session.governance.events("delegates_convened")
    assert sorted(called["member_ids"]) == sorted(map(str, session.delegates))
    assert (called["moved"], called["opens_on"]) == (False, "2026-03-20")
    with pytest.raises(PreconditionFailed):
        session.do(sessions.change_session, session_id=session.id, version=version, **days)

    session.do(sessions.change_session, session_id=session.id, version=version + 1, **{**days, "place": "礼堂"})

    assert [one["moved"] for one in session.governance.events("delegates_convened")] == [False, True]
    session.come(5)
    session.do(sessions.open_session, session_id=session.id)
    version = session.do(sessions.get_session, session_id=session.id)["version"]
    assert session.refused(sessions.change_session, session_id=session.id, version=version, **days) == (
        "congress.session_has_not_begun"
    )


def test_a_draft_is_seen_by_officers_and_auditors_only(session: Session):
    session.item(title="住房分配办法")
    delegate = member_account(session.delegates[0])
    asked = {"session_id": session.id}
    for operation in (sessions.get_session, sessions.session_quorum):
        with pytest.raises(NotFound):
            session.do(operation, delegate, **asked)
    assert session.do(sessions.list_sessions, delegate, congress_id=session.congress)["items"] == []
    assert session.do(sessions.search_sessions, delegate, q="住房")["items"] == []
    assert len(session.do(sessions.list_sessions, congress_id=session.congress)["items"]) == 1

    session.do(sessions.convene_session, **asked)

    assert session.do(sessions.get_session, delegate, **asked)["seat"] is True
    for words in ("住房", "礼堂", "六届四次", "第6届", "六届"):
        assert [one["id"] for one in session.do(sessions.search_sessions, delegate, q=words)["items"]] == [session.id]
    assert session.do(sessions.search_sessions, delegate, q="六届三次")["items"] == []


def test_what_was_counted_stays_when_delegates_change_after_the_end(session: Session):
    (item,) = session.begin(there=6)
    session.do(floor.finish_agenda_item, item_id=item)
    session.do(sessions.close_session, session_id=session.id)
    session.do(term_contract.end_congress, congress_id=session.congress)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert session.quorum() == (6, 5, 0)
        assert len(session.do(sessions.list_attendance, session_id=session.id)["items"]) == 7


def test_who_comes_while_a_vote_goes_on_may_vote_and_a_list_on_paper_is_entered_later(session: Session):
    (item,) = session.begin()
    made = session.do(floor.put_to_vote, item_id=item, body=BODY, title="通过校长工作报告")
    late = session.delegates[5]
    with pytest.raises(Refused):
        session.do(ballots.vote, member_account(late), ballot_id=made["ballot_id"], choices=["yes"])
    now = clock.now()
    come = {"session_id": session.id, "member_id": late}
    assert session.refused(sessions.check_in, **come, came_at=now + timedelta(minutes=1)) == "congress.came_by_now"
    came_at = now - timedelta(minutes=5)
    assert session.do(sessions.check_in, **come, came_at=came_at)["came_at"] == came_at.isoformat()

    session.do(ballots.vote, member_account(late), ballot_id=made["ballot_id"], choices=["yes"])

    assert session.do(floor.count_vote, resolution_id=made["id"])["votes_for"] == 1


def test_only_delegates_check_in_and_who_leaves_is_not_there(session: Session):
    session.begin()
    stranger = session.union.members[session.union.units[0]][20]
    assert session.refused(sessions.check_in, session_id=session.id, member_id=stranger) == "congress.is_a_delegate"
    assert session.refused(sessions.check_out, session_id=session.id, member_id=session.delegates[6]) == (
        "congress.delegate_came"
    )

    session.do(sessions.check_out, session_id=session.id, member_id=session.delegates[0])

    assert session.quorum() == (4, 5, 1)
    away = session.do(sessions.list_attendance, session_id=session.id, show="away")["items"]
    assert len(away) == 3
    session.do(sessions.check_in, session_id=session.id, member_id=session.delegates[0])
    assert session.quorum() == (5, 5, 0)


def test_a_show_of_hands_is_decided_by_all_delegates_not_by_who_records_it(session: Session):
    (item,) = session.begin(there=6)
    hands = {"item_id": item, "body": BODY, "title": "通过校长工作报告"}

    assert session.refused(floor.record_hands, **hands, votes_for=5, against=1, abstained=1) == (
        "congress.hands_are_those_present"
    )
    made = session.do(floor.record_hands, **hands, votes_for=3, against=2, abstained=1)

    assert (made["state"], made["needed"], made["delegates"], made["present"]) == ("failed", 4, 7, 6)
    assert session.governance.events("resolution_passed") == []
    assert session.refused(floor.record_hands, **hands, votes_for=6, against=0, abstained=0) == (
        "congress.is_resolved_once"
    )


def test_four_of_seven_pass_and_it_is_announced(session: Session):
    (item,) = session.begin()
    hands = {"item_id": item, "body": BODY, "title": "通过校长工作报告"}
    made = session.do(floor.record_hands, **hands, votes_for=4, against=1, abstained=0)
    assert made["state"] == "passed"
    assert made["rule"]["key"] == f"ballot.{BODY}.comparator"
    (passed,) = session.governance.events("resolution_passed")
    assert (passed["votes_for"], passed["needed"]) == (4, 4)


def test_without_quorum_nothing_is_resolved_and_reports_are_not_voted_on(session: Session):
    passed, heard = session.begin("passed", "heard")
    hands = {"body": BODY, "title": "通过校长工作报告", "votes_for": 4, "against": 0, "abstained": 0}
    session.do(sessions.check_out, session_id=session.id, member_id=session.delegates[0])
    assert session.refused(floor.record_hands, item_id=passed, **hands) == "congress.quorum_is_there"
    assert session.refused(floor.record_hands, item_id=heard, **hands) == "congress.item_is_open"
    session.do(floor.finish_agenda_item, item_id=passed)
    session.do(floor.begin_agenda_item, item_id=heard)
    assert session.refused(floor.record_hands, item_id=heard, **hands) == "congress.item_is_voted_on"


def test_delegates_vote_by_phone_and_the_vote_is_counted_once(session: Session):
    (item,) = session.begin(there=6)
    made = session.do(floor.put_to_vote, item_id=item, body=BODY, title="通过校长工作报告")
    assert made["state"] == "voting"
    for one in session.delegates[:5]:
        session.do(ballots.vote, member_account(one), ballot_id=made["ballot_id"], choices=["yes"])
    with pytest.raises(Refused):
        session.do(ballots.vote, member_account(session.delegates[6]), ballot_id=made["ballot_id"], choices=["yes"])
    assert session.refused(floor.finish_agenda_item, item_id=item) == "congress.votes_are_counted"

    counted = session.do(floor.count_vote, resolution_id=made["id"])

    assert (counted["state"], counted["votes_for"], counted["needed"]) == ("passed", 5, 4)
    assert session.do(floor.count_vote, resolution_id=made["id"]) == counted
    assert len(session.governance.events("resolution_passed")) == 1


def test_speakers_stand_in_order_until_the_list_is_closed(session: Session):
    (item,) = session.begin()
    first, second, third = (member_account(one) for one in session.delegates[:3])
    assert session.refused(floor.ask_to_speak, first, item_id=item) == "congress.speakers_are_taken"
    session.do(floor.take_speakers, item_id=item, taken=True)
    one = session.do(floor.ask_to_speak, first, item_id=item)
    two = session.do(floor.ask_to_speak, second, item_id=item)
    assert session.refused(floor.ask_to_speak, first, item_id=item) == "congress.wants_once"
    assert session.refused(floor.ask_to_speak, member_account(session.delegates[6]), item_id=item) == (
        "congress.delegate_came"
    )

    session.do(floor.move_speaker, speaker_id=two["id"], position=1)
    (shown,) = session.do(sessions.get_session, third, session_id=session.id)["agenda"]
    assert [who["id"] for who in shown["speakers"]] == [two["id"], one["id"]]
    session.do(floor.call_speaker, speaker_id=two["id"])
    assert session.refused(floor.call_speaker, speaker_id=one["id"]) == "congress.one_speaks_at_a_time"
    session.do(floor.end_speech, speaker_id=two["id"])
    assert session.refused(floor.end_speech, speaker_id=two["id"]) == "workflow.congress_speaker"
    with pytest.raises(NotAllowed):
        session.do(floor.withdraw_speech, second, speaker_id=one["id"])
    session.do(floor.withdraw_speech, first, speaker_id=one["id"])
    session.do(floor.take_speakers, item_id=item, taken=False)
    assert session.refused(floor.ask_to_speak, third, item_id=item) == "congress.speakers_are_taken"


def test_one_item_at_a_time_and_the_agenda_keeps_its_order(session: Session):
    first, second, third = session.begin("passed", "heard", "reviewed")
    assert session.refused(floor.begin_agenda_item, item_id=second) == "congress.one_item_at_a_time"
    assert session.refused(floor.remove_agenda_item, item_id=first) == "congress.item_has_not_begun"
    session.do(floor.move_agenda_item, item_id=third, position=2)
    agenda = session.do(sessions.get_session, session_id=session.id)["agenda"]
    assert [(one["id"], one["position"]) for one in agenda] == [(first, 1), (third, 2), (second, 3)]
    session.do(floor.remove_agenda_item, item_id=second)
    assert session.refused(sessions.close_session, session_id=session.id) == "congress.agenda_is_done"
    session.do(floor.finish_agenda_item, item_id=first, note="听取并讨论")
    session.do(floor.begin_agenda_item, item_id=third)
    session.do(floor.finish_agenda_item, item_id=third)
    assert session.do(sessions.close_session, session_id=session.id)["state"] == "closed"
    assert session.refused(floor.add_agenda_item, session_id=session.id, title="补充议题", agenda_kind="heard") == (
        "congress.session_is_not_over"
    )


def test_the_second_who_saves_minutes_sees_both_versions_and_members_read_them_after_the_end(session: Session):
    (item,) = session.begin()
    ref = {"session_id": session.id}
    first = session.do(minutes.save_session_minutes, **ref, base=0, text="会议听取了校长工作报告。", note="初稿")
    assert (first["number"], first["latest"]) == (1, 1)
    assert session.do(minutes.save_session_minutes, **ref, base=0, text=first["text"])["latest"] == 1
    with pytest.raises(Conflict) as overtaken:
        session.do(minutes.save_session_minutes, **ref, base=0, text="会议听取了两份报告。")
    assert (overtaken.value.rule, overtaken.value.params) == (
        "minutes.nobody_saved_meanwhile",
        {"base": 0, "latest": 1},
    )
    assert session.do(minutes.save_session_minutes, **ref, base=1, text="会议听取了两份报告。")["number"] == 2
    revisions = session.do(minutes.list_session_minutes, **ref)["items"]
    assert [(one["number"], one["base"], one["note"]) for one in revisions] == [(2, 1, None), (1, 0, "初稿")]
    assert session.do(minutes.get_session_minutes, **ref, number=1)["text"] == "会议听取了校长工作报告。"
    member = member_account(session.union.members[session.union.units[0]][20])
    assert session.do(sessions.get_session, member, **ref)["minutes"] is None
    with pytest.raises(NotAllowed):
        session.do(minutes.get_session_minutes, member, **ref)
    session.do(floor.finish_agenda_item, item_id=item)
    session.do(sessions.close_session, **ref)
    assert session.do(sessions.get_session, member, **ref)["minutes"] == "会议听取了两份报告。"


def test_an_item_cites_a_round_whose_result_shows_when_it_is_published(session: Session):
    item, other = session.item("assessed", title="评议学校领导干部"), session.item("heard")
    leaders = [{"name": "示例甲", "post": "校长"}]
    asked = {"kind": "leaders", "leaders": leaders, "electorate": "list", "member_ids": session.delegates}
    rated = rating.opened(session.governance, title="民主评议", **asked)
    union_round = rating.create(session.governance)["id"]
    assert session.refused(floor.cite_rating, item_id=other, rating_id=rated) == "congress.item_is_assessed"
    assert session.refused(floor.cite_rating, item_id=item, rating_id=union_round) == "congress.rating_assesses_leaders"
    session.do(floor.cite_rating, item_id=item, rating_id=rated)
    session.do(sessions.convene_session, session_id=session.id)

    def cited(by: Any = None) -> Any:
        return session.do(sessions.get_session, by, session_id=session.id)["agenda"][0]["rating"]

    for one in session.delegates[:5]:
        rating.fill_in(session.governance, rated, one, [[1, 1, 1, 1, 1]])
    rating.close(session.governance, rated)
    assert (cited()["state"], cited()["published"], cited()["leaders"]) == ("closed", False, [])
    session.do(ratings.publish_rating, rating_id=rated)
    assert [(one["name"], one["satisfied_percent"]) for one in cited()["leaders"]] == [("示例甲", 100.0)]
    delegate, stranger = (
        member_account(one) for one in (session.delegates[6], session.union.members[session.union.units[0]][30])
    )
    assert len(cited(delegate)["leaders"]) == 1
    assert (cited(stranger)["sheets"], cited(stranger)["leaders"]) == (5, [])
    assert session.do(floor.cite_rating, item_id=item, rating_id=None)["rating"] is None


def test_too_few_sheets_are_hidden_where_an_item_cites_them(session: Session):
    item = session.item("assessed", title="评议学校领导干部")
    asked = {"kind": "leaders", "leaders": [{"name": "示例甲", "post": "校长"}], "electorate": "list"}
    rated = rating.opened(session.governance, title="民主评议", **asked, member_ids=session.delegates)
    rating.fill_in(session.governance, rated, session.delegates[0], [[1, 1, 1, 1, 1]])
    rating.close(session.governance, rated)
    session.do(ratings.publish_rating, rating_id=rated)
    cited = session.do(floor.cite_rating, item_id=item, rating_id=rated)["rating"]
    assert (cited["hidden"], cited["leaders"], cited["smallest"]) == (True, [], 5)


def test_an_archive_is_noted_once_and_only_of_a_session_that_is_over(session: Session):
    (item,) = session.begin()
    noted = {"session_id": session.id, "manifest_sha256": "ab" * 32, "files": 7, "size": 4096}
    assert session.refused(archives.note_session_archive, **noted) == "congress.session_is_over"
    session.do(floor.finish_agenda_item, item_id=item)
    session.do(sessions.close_session, session_id=session.id)
    made = session.do(archives.note_session_archive, **noted)
    assert session.do(archives.note_session_archive, **noted)["id"] == made["id"]
    session.do(archives.note_session_archive, **{**noted, "manifest_sha256": "cd" * 32})
    listed = session.do(archives.list_session_archives, session_id=session.id)["items"]
    assert [one["manifest_sha256"][:2] for one in listed] == ["cd", "ab"]
    with pytest.raises(InvalidInput):
        session.do(archives.note_session_archive, **{**noted, "manifest_sha256": "AB" * 32})


def test_an_extra_session_is_asked_for_by_a_third_of_the_delegates(session: Session):
    values = {
        "congress_id": session.congress, "number": 5, "kind": "extra", "opens_on": date(2026, 4, 1),
        "closes_on": date(2026, 4, 1), "place": "礼堂",
    }  # fmt: skip
    for wrong in ({}, {"requested_by": "delegates"}, {"requested_by": "union", "requesters": 3}):
        with pytest.raises(InvalidInput):
            session.do(sessions.add_session, **values, **wrong)
    with pytest.raises(Refused) as refused:
        session.do(sessions.add_session, **values, requested_by="delegates", requesters=2)
    assert (refused.value.rule, refused.value.params["required"]) == ("congress.enough_ask", 3)
    assert refused.value.params["document"] == "学校教职工代表大会规定"
    made = session.do(sessions.add_session, **values, requested_by="delegates", requesters=3)
    assert (made["kind"], made["requesters"]) == ("extra", 3)


def test_sessions_belong_to_a_term_that_goes_on(session: Session):
    values = {
        "congress_id": session.congress,
        "opens_on": date(2026, 4, 1),
        "closes_on": date(2026, 4, 1),
        "place": "礼堂",
    }
    assert session.refused(sessions.add_session, **values, number=4) == "congress.session_number_is_free"
    other = {**values, "opens_on": date(2026, 2, 1)}
    assert session.refused(sessions.add_session, **other, number=5) == "congress.session_days_fit"
    session.do(term_contract.end_congress, congress_id=session.congress)
    assert session.refused(sessions.add_session, **values, number=5) == "congress.meets_in_term"
