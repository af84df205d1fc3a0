"""Photos and papers of visits: examined before they are kept, opened by few and logged, removed, forgotten."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest
from PIL import Image

from services.chassis.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, Problem, Refused, Unavailable
from services.chassis.files import attachments
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.governance.funds.events import ExpenseRecorded
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.welfare.visits import files
from services.contracts.welfare.visits import operations as visits
from services.contracts.welfare.visits.files import MOST_EVIDENCE_FILES
from tests.component.welfare.harness import WelfareHarness
from tests.support.clamd import HARMFUL, Clamd
from tests.support.pictures import PDF, picture
from tests.support.principals import auditor, chair_of, member_account

PHOTO = {"kind": "photo", "people_shown": "agreed", "name": "张三住院.jpg", "media_type": "image/jpeg",
         "content": picture(2400, 3000), "caption": "ward 5"}  # fmt: skip
PAPER = {"kind": "receipt", "name": "收据.pdf", "media_type": "application/pdf", "content": PDF}


class Case:
    """A visit to somebody in hospital, with who has to do with it."""

    def __init__(self, welfare: WelfareHarness) -> None:
        self.welfare = welfare
        self.visited = welfare.joined()
        self.visitor = member_account(welfare.joined())
        self.id = welfare.report(self.visited, "hospitalisation", welfare.officer)["visit_id"]
        assigned = {"visit_id": self.id, "assignee_id": self.visitor.member_id}
        welfare.ask(visits.assign_visit, welfare.chair, **assigned)

    def attach(self, by: Principal | None = None, /, **upload: Any) -> Any:
        by = by or self.visitor
        return self.welfare.ask(files.attach_visit_evidence, by, visit_id=self.id, **{**PHOTO, **upload})

    def attached(self, by: Principal | None = None, /, **upload: Any) -> str:
        """Attach a file and return the id of the piece."""
        return str(self.attach(by, **upload)["evidence"][-1]["id"])

    def opened(self, piece: str, by: Principal | None = None, /, **purpose: str) -> Any:
        ref = {"visit_id": self.id, "evidence_id": piece}
        return self.welfare.ask(files.open_evidence_file, by or self.visitor, **ref, **purpose)

    def remove(self, piece: str, by: Principal | None = None) -> Any:
        ref = {"visit_id": self.id, "evidence_id": piece, "reason": "the wrong ward"}
        return self.welfare.ask(files.remove_visit_evidence, by or self.visitor, **ref)

    def shown(self, by: Principal | None = None) -> Any:
        return self.welfare.ask(visits.get_visit, by or self.visitor, visit_id=self.id)

    def kept(self) -> int:
        ((count,),) = self.welfare.stored("SELECT count(*) FROM stored_file")
        return int(count)


@pytest.fixture
def case(welfare: WelfareHarness) -> Case:
    return Case(welfare)


def refused(case: Case, by: Principal | None = None, /, **upload: Any) -> str | None:
    with pytest.raises(Refused) as caught:
        case.attach(by, **upload)
    return caught.value.rule


@pytest.mark.databases("postgresql", "sqlite")
def test_a_photo_and_a_paper_are_evidence_like_any_other(case: Case) -> None:
    case.attach(kind="photo")
    listed = case.attach(**PAPER, caption=None, people_shown=None)["evidence"]
    assert [(one["kind"], one["has_file"], one["media_type"], one["has_text"]) for one in listed] == [
        ("photo", True, "image/jpeg", True),
        ("receipt", True, "application/pdf", False),
    ]
    case.welfare.complete(
        case.id, case.visitor, amount="200.00", form="cash", evidence=[{"kind": "note", "text": "went"}, *_SIGNED]
    )
    (announced,) = case.welfare.events("visit_completed")
    assert announced["evidence_kinds"] == ["photo", "receipt", "note", "signature"]


_SIGNED = [{"kind": "signature", "text": "sheet 12"}]


def test_a_photo_is_kept_upright_smaller_and_without_its_camera(case: Case) -> None:
    content = base64.b64decode(case.opened(case.attached())["content"])
    assert Image.open(BytesIO(content)).size == (2000, 1600)  # turned as the camera held it
    assert b"SECRET-CAMERA" not in content


@pytest.mark.databases("postgresql", "sqlite")
def test_nothing_readable_tells_why_or_of_whom(case: Case) -> None:
    piece = case.attached()
    case.remove(case.attached())
    assert case.opened(piece)["name"] == "photo.jpg"
    for table in ("stored_file", "visit_evidence", "removed_visit_evidence", "change_history", "outbox"):
        rows = str(case.welfare.stored(f"SELECT * FROM {table}"))
        for secret in ("张三", "ward 5", "the wrong ward", "SECRET"):
            assert secret not in rows, (table, secret)


def test_a_photo_says_whether_the_people_in_it_agreed(case: Case) -> None:
    assert refused(case, people_shown=None) == "visits.people_are_asked"
    assert case.attach(people_shown="none")["evidence"][0]["people_shown"] == "none"
    assert case.attach(**PAPER, people_shown=None)["evidence"][1]["people_shown"] is None


def test_files_are_opened_freely_by_the_visitor_and_for_a_logged_purpose_by_officers(case: Case) -> None:
    piece = case.attached()
    assert case.opened(piece)["media_type"] == "image/jpeg"
    for who in (case.welfare.officer, auditor()):
        with pytest.raises(InvalidInput) as invalid:
            case.opened(piece, who)
        assert invalid.value.field == "purpose"
        assert case.opened(piece, who, purpose="audit of March")["content"]
    event_id = case.shown()["life_event_id"]
    visited = member_account(case.visited)
    looks = case.welfare.ask(visits.list_life_event_accesses, visited, life_event_id=event_id)["items"]
    assert [look["purpose"] for look in looks] == ["audit of March", "audit of March", "查看本人所办或本人被看望的凭证"]


def test_nobody_else_opens_a_file(case: Case) -> None:
    piece = case.attached()
    own_chair, stranger = case.welfare.chair, chair_of(case.welfare.other_unit)
    for who in (own_chair, stranger, member_account(case.welfare.joined())):
        with pytest.raises(NotAllowed):
            case.opened(piece, who, purpose="curious")
    with pytest.raises(NotSignedIn):
        case.opened(piece, ANONYMOUS)
    assert [one["opens"] for one in case.shown(own_chair)["evidence"]] == [None]
    assert case.welfare.ask(visits.list_life_event_accesses, life_event_id=case.shown()["life_event_id"])["items"] == []


def test_a_file_is_reached_by_its_own_visit_only(case: Case) -> None:
    piece, other = case.attached(), Case(case.welfare)
    with pytest.raises(NotFound):
        other.opened(piece, case.welfare.officer, purpose="audit of March")
    with pytest.raises(NotFound):
        other.remove(piece, case.welfare.officer)
    assert case.kept() == 1


def test_small_pictures_are_for_who_opens_freely(case: Case) -> None:
    ref = {"visit_id": case.id, "evidence_id": case.attached()}
    small = case.welfare.ask(files.evidence_thumbnail, case.visitor, **ref)
    assert max(Image.open(BytesIO(base64.b64decode(small["content"]))).size) == 320
    with pytest.raises(NotAllowed) as caught:
        case.welfare.ask(files.evidence_thumbnail, **ref)
    assert caught.value.rule == "visits.evidence_is_opened_for_a_purpose"
    foreign = {**PAPER, "media_type": "image/jpeg", "content": picture()}
    for upload in (PAPER, foreign):
        paper = {"visit_id": case.id, "evidence_id": case.attached(**upload)}
        with pytest.raises(NotFound):
            case.welfare.ask(files.evidence_thumbnail, case.visitor, **paper)


def test_somebody_elses_visit_takes_no_file_and_the_file_is_not_opened(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(attachments, "parsed", opened)
    for who in (member_account(case.welfare.joined()), chair_of(case.welfare.other_unit), auditor()):
        with pytest.raises(NotAllowed):
            case.attach(who)
    with pytest.raises(Problem):
        case.attach(member_account(case.visited))
    assert case.kept() == 0


@pytest.mark.parametrize(
    ("upload", "rule"),
    [
        ({"content": PDF}, "files.picture_is_readable"),
        ({"content": picture(2400, 3000)[:5000]}, "files.picture_is_readable"),
        ({"content": picture(60, 60)}, "files.picture_is_large_enough"),
        ({"kind": "receipt", "content": PDF}, "files.file_is_what_it_says"),
        ({"kind": "document", "content": b"%PDF-1.7 cut", "media_type": "application/pdf"}, "files.paper_is_readable"),
        ({"kind": "signature", "content": b"<html>"}, "files.file_is_what_it_says"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_rule(case: Case, upload: dict[str, Any], rule: str) -> None:
    assert refused(case, **upload) == rule
    assert (case.kept(), case.shown()["evidence"]) == (0, [])


@pytest.mark.parametrize(
    ("upload", "field"),
    [({"content": b""}, "content"), ({"name": "../../etc/passwd"}, "name"),
     ({"media_type": "image/heic"}, "media_type"), ({"kind": "note"}, "kind"),
     ({"content": b"x" * (10 * 1024 * 1024 + 1)}, "content")],
)  # fmt: skip
def test_what_is_no_upload_is_refused_by_its_field(case: Case, upload: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as invalid:
        case.attach(**upload)
    assert invalid.value.field == field


def test_a_visit_holds_a_bounded_number_of_files_also_when_they_come_at_once(case: Case) -> None:
    small = {**PAPER, "people_shown": None}
    for _ in range(MOST_EVIDENCE_FILES - 2):
        case.attach(**small)

    def outcome(_: int) -> str | None:
        try:
            case.attach(**small)
        except Refused as problem:
            return problem.rule
        return "kept"

    outcomes = sorted(str(one) for one in eventlet.GreenPool(4).imap(outcome, range(4)))
    assert outcomes == ["files.files_are_few", "files.files_are_few", "kept", "kept"]
    assert case.kept() == MOST_EVIDENCE_FILES


def test_an_upload_sent_again_is_attached_once_and_not_examined_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = {"visit_id": case.id, **PHOTO}
    first = case.welfare.ask_keyed("one", files.attach_visit_evidence, case.visitor, **upload)
    monkeypatch.setattr(attachments, "parsed", lambda *_, **__: pytest.fail("examined again"))
    assert case.welfare.ask_keyed("one", files.attach_visit_evidence, case.visitor, **upload) == first
    with pytest.raises(InvalidInput) as reused:
        case.welfare.ask_keyed("one", files.attach_visit_evidence, case.visitor, **{**upload, "caption": "another"})
    assert reused.value.code == "idempotency_key_reused"
    assert case.kept() == 1


def test_a_harmful_file_is_refused_and_a_scanner_away_keeps_nothing(case: Case, clamd: Clamd) -> None:
    assert refused(case, content=picture() + HARMFUL) == "files.file_is_clean"
    case.attach()
    clamd.stop()
    with pytest.raises(Unavailable) as away:
        case.attach()
    assert (away.value.code, away.value.rule) == ("scanner_away", "files.file_is_scanned")
    assert (case.kept(), len(case.shown()["evidence"])) == (1, 1)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_file_is_removed_with_a_reason_that_officers_see(case: Case) -> None:
    left = case.remove(case.attached())
    assert (left["evidence"], case.kept()) == ([], 0)
    assert [one["reason"] for one in left["removed_evidence"]] == [None]
    assert [one["reason"] for one in case.shown(case.welfare.officer)["removed_evidence"]] == ["the wrong ward"]
    assert case.shown()["steps"][-1]["state"] == "evidence_removed"


def test_what_the_claim_rests_on_is_not_removed(case: Case) -> None:
    signature = case.attached(**{**PAPER, "kind": "signature"})
    spare = case.attached()
    case.welfare.complete(
        case.id, case.visitor, amount="200.00", form="cash", evidence=[{"kind": "note", "text": "went"}]
    )
    with pytest.raises(Refused) as caught:
        case.remove(signature)
    assert caught.value.rule == "visits.evidence_is_given"
    case.remove(spare)
    spare = case.attached()
    case.welfare.answered(ExpenseRecorded, case.id, entry_id=uuid4(), claim=1)
    assert case.shown()["state"] == "claimed"
    with pytest.raises(Refused) as caught:
        case.remove(spare)
    assert caught.value.rule == "visits.evidence_can_be_removed"


def test_who_has_no_hand_in_the_visit_removes_nothing(case: Case) -> None:
    piece = case.attached()
    for who in (auditor(), member_account(case.welfare.joined()), chair_of(case.welfare.other_unit)):
        with pytest.raises(NotAllowed):
            case.remove(piece, who)
    assert [one["removable"] for one in case.shown(auditor())["evidence"]] == [False]
    assert case.kept() == 1


def test_the_member_visited_sees_the_photos_and_withdraws_one_at_any_time(case: Case) -> None:
    photo, paper = case.attached(), case.attached(**PAPER)
    visited = member_account(case.visited)
    case.welfare.complete(
        case.id, case.visitor, amount="200.00", form="cash", evidence=[{"kind": "note", "text": "went"}, *_SIGNED]
    )
    case.welfare.answered(ExpenseRecorded, case.id, entry_id=uuid4(), claim=1)
    assert case.opened(photo, visited)["media_type"] == "image/jpeg"
    for refused_to in (case.opened, case.remove):
        with pytest.raises(NotAllowed):
            refused_to(paper, visited)
    own = case.welfare.ask(files.my_visit_evidence, visited)["items"]
    assert [(one["kind"], one["has_file"], one["opens"]) for one in own][-2:] == [
        ("receipt", True, False),
        ("photo", True, True),
    ]
    left = case.remove(photo, visited)
    assert [(one["kind"], one["has_file"]) for one in left["evidence"]][:1] == [("photo", False)]
    assert case.kept() == 1
    assert case.welfare.ask(files.my_visit_evidence, case.visitor)["items"] == []


def test_files_of_a_visit_that_will_not_be_made_are_erased(case: Case) -> None:
    case.attach()
    case.welfare.ask(visits.cancel_visit, visit_id=case.id, reason="reported twice")
    assert (case.kept(), case.shown()["evidence"]) == (0, [])


def test_files_are_erased_when_a_retirement_was_a_mistake(welfare: WelfareHarness) -> None:
    member = welfare.joined()
    welfare.receive(
        "on_member_retired", welfare.example_message(MemberRetired, member_id=member, retired_on="2023-03-01")
    )
    (visit,) = welfare.ask(visits.list_visits)["items"]
    welfare.ask(files.attach_visit_evidence, visit_id=visit["id"], **PHOTO)
    welfare.receive("on_retirement_undone", welfare.example_message(RetirementUndone, member_id=member))
    assert welfare.stored("SELECT count(*) FROM stored_file") == [(0,)]


@pytest.mark.databases("postgresql", "sqlite")
def test_files_are_forgotten_with_the_member(case: Case) -> None:
    other = Case(case.welfare)
    case.remove(case.attached())
    case.attach()
    other.attach()
    case.welfare.receive("on_member_anonymised", case.welfare.message(MemberAnonymised, member_id=case.visited))
    assert case.kept() == 1
    (piece,) = case.shown(case.welfare.officer)["evidence"]
    assert (piece["has_file"], piece["people_shown"]) == (False, None)
    assert case.shown(case.welfare.officer)["removed_evidence"][0]["reason"] is None
    assert other.shown()["evidence"][0]["has_file"]


def test_ids_are_no_secret(case: Case) -> None:
    with pytest.raises(NotFound):
        case.opened(str(UUID(int=7)), case.welfare.officer, purpose="audit of March")
