"""Organs, guests and documents of a session: who is in them, and who reads what."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import InvalidInput, NotFound, Refused
from services.chassis.identifiers import uuid7
from services.contracts.governance.congress import delegates as delegate_contract
from services.contracts.governance.congress import documents, floor, people, sessions
from tests.component.governance.congress.terms import Union, member_account
from tests.component.governance.congress.test_sessions import Session
from tests.support.pictures import PDF


@pytest.fixture
def session(union: Union) -> Session:
    return Session(union)


def form(session: Session, kind: str, members: list[Any], **values: Any) -> Any:
    given = {
        "congress_id": session.congress, "organ_kind": kind, "name": {"executive": "执委会"}.get(kind, kind),
        "head_id": members[0], "member_ids": members, "session_id": session.id if kind == "presidium" else None,
        **values,
    }  # fmt: skip
    return session.do(people.form_organ, **given)


def attach(session: Session, audience: str, **values: Any) -> str:
    content = PDF
    given = {"document": f"给{audience}的文件", "audience": audience, "name": "a.pdf", "media_type": "application/pdf"}
    made = session.do(documents.attach_session_document, session_id=session.id, content=content, **given, **values)
    return str(made["id"])


def test_organs_consist_of_delegates_and_there_is_one_executive_committee(session: Session):
    stranger = session.union.members[session.union.units[0]][20]
    for members, head, rule in (
        ([session.delegates[0], stranger], session.delegates[0], "congress.organ_is_of_delegates"),
        (session.delegates[:2], session.delegates[3], "congress.head_is_in_organ"),
    ):
        with pytest.raises(Refused) as refused:
            form(session, "executive", members, head_id=head)
        assert refused.value.rule == rule

    with pytest.raises(InvalidInput):
        form(session, "presidium", session.delegates[:2], session_id=None)
    made = form(session, "executive", session.delegates[:3])
    form(session, "committee", session.delegates[:2], name="提案工作委员会")

    with pytest.raises(Refused) as refused:
        form(session, "executive", session.delegates[:2], name="另一个")
    assert refused.value.rule == "congress.one_of_its_kind"
    with pytest.raises(Refused) as refused:
        form(session, "committee", session.delegates[:2], name="执委会")
    assert refused.value.rule == "congress.organ_name_is_free"
    changed = {"organ_id": made["id"], "name": "执委会", "head_id": session.delegates[1]}
    session.do(people.change_organ, **changed, member_ids=session.delegates[1:4])
    (seat,) = session.do(
        delegate_contract.list_delegates, congress_id=session.congress, member_id=session.delegates[1]
    )["items"]
    session.do(delegate_contract.end_delegate, delegate_id=seat["id"], reason="resigned", document="辞职信")
    with clock.frozen(clock.now() + timedelta(days=1)):
        executive, committee = session.do(people.list_organs, congress_id=session.congress)["items"]
    assert (executive["head_id"], len(executive["member_ids"])) == (None, 2)
    assert committee["name"] == "提案工作委员会"


def test_a_session_hears_the_report_of_the_executive_committee(session: Session):
    executive = form(session, "executive", session.delegates[:3])
    session.item()
    assert session.refused(sessions.convene_session, session_id=session.id) == "congress.executive_reports"
    item = session.item("heard", title="听取执委会工作报告", organ_id=executive["id"])
    assert session.refused(people.dissolve_organ, organ_id=executive["id"]) == "congress.organ_reports_nowhere"
    assert session.do(sessions.convene_session, session_id=session.id)["state"] == "convened"
    session.do(floor.remove_agenda_item, item_id=item)
    session.do(people.dissolve_organ, organ_id=executive["id"])
    assert session.do(people.list_organs, congress_id=session.congress)["items"] == []


def test_each_document_is_read_by_those_it_is_for(session: Session):
    item = session.item()
    form(session, "presidium", session.delegates[:2])
    guest, member = (session.union.members[session.union.units[0]][place] for place in (20, 21))
    session.do(people.invite_guest, session_id=session.id, member_id=guest, guest_kind="attends")
    made = {one: attach(session, one, item_id=item) for one in ("members", "delegates", "presidium")}
    session.do(sessions.convene_session, session_id=session.id)

    readers = {
        session.delegates[0]: {"members", "delegates", "presidium"}, session.delegates[3]: {"members", "delegates"},
        guest: {"members", "delegates"}, member: {"members"},
    }  # fmt: skip
    for reader, audiences in readers.items():
        by = member_account(reader)
        shown = session.do(sessions.get_session, by, session_id=session.id)["documents"]
        assert {one["audience"] for one in shown} == audiences
        for audience, document_id in made.items():
            asked = {"session_id": session.id, "document_id": document_id}
            if audience in audiences:
                assert base64.b64decode(session.do(documents.open_session_document, by, **asked)["content"])
            else:
                with pytest.raises(NotFound):
                    session.do(documents.open_session_document, by, **asked)
    session.do(documents.remove_session_document, session_id=session.id, document_id=made["members"])
    assert len(session.do(sessions.get_session, session_id=session.id)["documents"]) == 2


def test_guests_are_told_once_convened_come_and_never_count(session: Session):
    session.item()
    guest, late = (session.union.members[session.union.units[0]][place] for place in (20, 21))
    invite = {"session_id": session.id, "guest_kind": "special"}
    assert session.refused(people.invite_guest, **invite, member_id=session.delegates[0]) == (
        "congress.guest_is_no_delegate"
    )
    first = session.do(people.invite_guest, **invite, member_id=guest)
    assert session.refused(people.invite_guest, **invite, member_id=guest) == "congress.guest_is_invited_once"
    for wrong in ({}, {"member_id": late, "name": "某人"}):
        with pytest.raises(InvalidInput):
            session.do(people.invite_guest, **invite, **wrong)
    outside = session.do(people.invite_guest, **invite, name="上级工会代表", position="省教育工会")
    assert session.governance.events("guests_invited") == []
    session.do(sessions.convene_session, session_id=session.id)
    session.do(people.invite_guest, **invite, member_id=late)
    told = [one["member_ids"] for one in session.governance.events("guests_invited")]
    assert told == [[str(guest)], [str(late)]]

    came = session.do(sessions.check_in, session_id=session.id, member_id=guest)
    session.do(people.note_guest, guest_id=outside["id"], present=True)

    assert (came["bodies"], came["unit_id"]) == ([], None)
    assert session.quorum() == (0, 5, 5)
    shown = session.do(sessions.get_session, member_account(guest), session_id=session.id)
    assert (shown["guests"], shown["guests_present"], shown["invited"], shown["seat"]) == (3, 2, True, False)
    assert session.refused(people.remove_guest, guest_id=first["id"]) == "congress.guest_has_not_come"
    assert session.refused(sessions.check_in, session_id=session.id, member_id=uuid7()) == "congress.is_a_delegate"
    session.do(people.note_guest, guest_id=first["id"], present=False)
    session.do(people.remove_guest, guest_id=first["id"])
    assert len(session.do(people.list_guests, session_id=session.id)["items"]) == 2
