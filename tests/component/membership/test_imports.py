"""Roster import: the dry run judges every row, duplicates get what was chosen, nothing is done twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.history import AccessLog, ChangeHistory
from services.chassis.errors import InvalidInput, PreconditionFailed, Refused
from services.chassis.files.storage import StoredFile
from services.chassis.jobs.jobs import cancel_job, retry_job
from services.chassis.jobs.runner import advance
from services.contracts.membership import imports as contract
from services.membership.imports.tables import RosterImport, RosterPart, RosterProblem
from services.membership.imports.use_cases import extracting, importing, imports, parts, uploading
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.rosters import (
    COLUMNS,
    carry_out,
    check,
    count,
    look,
    members,
    problems,
    row,
    start,
    upload,
    work,
)
from tests.unit.membership.people import id_number


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS_PER_PART", 2)


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("name", ["名册.xlsx", "名册.csv"])
def test_a_sound_roster_becomes_members(membership: MembershipHarness, name: str):
    import_id = upload(membership, [row(order) for order in range(5)], name)
    assert look(membership, import_id)["state"] == "uploaded"

    checked = check(membership, import_id)
    assert (checked["state"], checked["rows"], checked["counts"]) == ("checked", 5, {"sound": 5, "bad": 0})
    assert members(membership) == []

    done = carry_out(membership, import_id)

    assert (done["state"], done["result"]) == ("imported", {"joined": 5, "updated": 0, "skipped": 0, "refused": 0})
    joined = members(membership)
    assert [member.number for member in joined] == [f"M00000{place}" for place in range(1, 6)]
    first = joined[0]
    assert (first.name, first.gender, first.birth_date, first.employment, first.phone, first.hired_on) == (
        "张晓明", "male", date(1980, 5, 1), "established", "13800000000", date(2020, 9, 1),
    )  # fmt: skip
    assert first.unit_id == membership.units["01"]
    assert len(membership.events("member_joined")) == 5
    told = {"rows": 5, "joined": 5, "updated": 0, "skipped": 0, "refused": 0}
    (summary,) = membership.events("roster_imported")
    assert summary == {"type": "roster_imported", "import_id": str(import_id), **told}
    assert [one.subject for one in membership.outbox("roster_imported")] == [f"import/{import_id}"]
    assert count(membership, RosterPart) == 0


def test_every_bad_row_is_named_with_column_masked_value_and_reason(membership: MembershipHarness):
    good = row(9)["身份证号"]
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    rows = [
        row(1, 身份证号=wrong), row(2, 手机号="12345"), row(3, 单位="没有这个单位", 用工形式="不知道"),
        row(4, 入会日期="1/9/2023"), row(5, 姓名=""), row(6),
    ]  # fmt: skip

    import_id = upload(membership, rows, columns=[*COLUMNS, ("入会日期", "入会日期")])
    checked = check(membership, import_id)

    assert checked["counts"] == {"sound": 2, "bad": 4, "noted": 1}
    masked = f"999{'*' * 13}{wrong[-2:]}"
    assert problems(membership, import_id) == [
        (2, "bad", "身份证号", masked, "person.id_number_check_character_fits"),
        (3, "noted", "手机号", "12***", "person.phone_has_its_form"),
        (4, "bad", "用工形式", "不知道", "imports.employment_is_known"),
        (4, "bad", "单位", "没有这个单位", "imports.unit_is_known"),
        (5, "bad", "入会日期", "1/9/2023", "imports.day_is_readable"),
        (6, "bad", "姓名", None, "imports.field_is_filled"),
    ]
    assert [found[0] for found in problems(membership, import_id, field="unit")] == [4]
    done = carry_out(membership, import_id)
    assert done["result"] == {"joined": 2, "updated": 0, "skipped": 0, "refused": 4}


def test_rows_with_problems_are_read_as_they_stand_and_the_look_is_logged(membership: MembershipHarness):
    import_id = upload(membership, [row(1), row(2), row(3), row(4, 手机号="1")])
    check(membership, import_id)

    reply = membership.ask_typed(contract.read_problem_rows, import_id=import_id)

    assert [(item["row"], item["cells"][4], len(item["problems"])) for item in reply["items"]] == [(5, "1", 1)]
    assert reply["next_part"] is None
    with membership.database.session() as session:
        assert session.scalar(sa.select(AccessLog.subject)) == f"import/{import_id}"


@pytest.mark.databases("postgresql", "sqlite")
def test_duplicates_are_found_among_members_and_in_the_file(membership: MembershipHarness):
    standing = row(1)
    first = upload(membership, [standing, row(2)])
    check(membership, first)
    carry_out(membership, first)
    born = row(2)["身份证号"]
    namesake = born[:14] + "555"
    namesake += next(mark for mark in "0123456789X" if _fits(namesake + mark))
    rows = [standing, row(2, 身份证号=namesake), row(3), row(3), row(1, 单位="02")]

    second = upload(membership, rows)
    checked = check(membership, second)

    assert checked["counts"] == {"sound": 1, "bad": 0, "member": 1, "namesake": 1, "repeated": 2}
    assert [(found[0], found[1], found[4]) for found in problems(membership, second)] == [
        (2, "member", "imports.person_is_no_member"),
        (3, "namesake", "imports.no_namesake_in_unit"),
        (5, "repeated", "imports.person_stands_once"),
        (6, "repeated", "imports.person_stands_once"),
    ]


def _fits(number: str) -> bool:
    return id_number(date(int(number[6:10]), int(number[10:12]), int(number[12:14])), int(number[14:17])) == number


@pytest.mark.parametrize(("choice", "members_after", "result"), [
    ("skip", 1, {"joined": 0, "updated": 0, "skipped": 1, "refused": 0}),
    ("update", 1, {"joined": 0, "updated": 1, "skipped": 0, "refused": 0}),
])  # fmt: skip
def test_a_member_in_the_roster_is_skipped_or_corrected(
    membership: MembershipHarness, choice: str, members_after: int, result: dict[str, int]
):
    first = upload(membership, [row(1)])
    check(membership, first)
    carry_out(membership, first)

    second = upload(membership, [row(1, 手机号="13911112222", 用工形式="")])
    check(membership, second)
    assert look(membership, second)["counts"] == {"bad": 1}
    third = upload(membership, [row(1, 手机号="13911112222", 用工形式="人事代理")])
    check(membership, third)
    done = carry_out(membership, third, member=choice)

    assert done["result"] == result
    (member,) = members(membership)
    assert member.phone == ("13911112222" if choice == "update" else "13800000001")
    if choice == "update":
        with membership.database.session() as session:
            changes = session.scalars(sa.select(ChangeHistory).order_by(ChangeHistory.id.desc())).first().changes
        assert changes["phone"] == {"old": "138****0001", "new": "139****2222"}
        assert membership.events("member_updated")[0]["fields_changed"] == ["employment", "phone"]


def test_creating_a_second_membership_of_a_member_is_not_offered():
    errors = contract.start_import.request_schema.validate(
        {"import_id": str(UUID(int=1)), "version": 1, "confirmed": True, "choices": {"member": "create"}}
    )

    assert "choices" in errors


def test_nothing_begins_without_confirmation():
    request = {"import_id": str(UUID(int=1)), "version": 1, "confirmed": False}

    assert "confirmed" in contract.start_import.request_schema.validate(request)


def test_a_namesake_may_be_admitted_or_taken_for_the_same_person(membership: MembershipHarness):
    first = upload(membership, [row(1)])
    check(membership, first)
    carry_out(membership, first)
    number = row(1)["身份证号"]
    corrected = id_number(date(1980, 5, 2), 700)
    assert corrected != number

    second = upload(membership, [row(1, 身份证号=corrected)])
    assert check(membership, second)["counts"] == {"bad": 0, "namesake": 1}
    carry_out(membership, second, namesake="update")

    (member,) = members(membership)
    assert member.id_number == corrected
    third = upload(membership, [row(1)])
    assert check(membership, third)["counts"] == {"bad": 0, "namesake": 1}
    assert carry_out(membership, third, namesake="create")["result"]["joined"] == 1
    assert [member.id_number for member in members(membership)] == [corrected, number]


def test_who_joined_meanwhile_is_refused_when_the_roster_is_carried_out(membership: MembershipHarness):
    slow = upload(membership, [row(1), row(2), row(3)])
    check(membership, slow)
    quick = upload(membership, [row(2)])
    check(membership, quick)
    carry_out(membership, quick)

    done = carry_out(membership, slow)

    assert done["result"] == {"joined": 2, "updated": 0, "skipped": 0, "refused": 1}
    assert [(found[0], found[1], found[4]) for found in problems(membership, slow)] == [
        (3, "late", "record.person_is_no_member")
    ]
    assert [member.number for member in members(membership)] == ["M000001", "M000002", "M000003"]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_cancelled_import_goes_on_exactly_where_it_was(membership: MembershipHarness):
    import_id = upload(membership, [row(order) for order in range(5)])
    check(membership, import_id)
    start(membership, import_id)
    work(membership, import_id, most=1)
    job_id = look(membership, import_id)["job"]["id"]
    with membership.transaction(membership.officer) as tx:
        cancel_job(tx, job_id)
    work(membership, import_id)
    assert look(membership, import_id)["state"] == "import_stopped"
    assert len(members(membership)) == 2

    with membership.transaction(membership.officer) as tx:
        retry_job(tx, job_id)
    work(membership, import_id)

    assert look(membership, import_id)["result"]["joined"] == 5
    assert [member.number for member in members(membership)] == [f"M00000{place}" for place in range(1, 6)]
    assert len({member.id_number for member in members(membership)}) == 5


def work_by(membership: MembershipHarness, import_id: UUID, chunk: Any, prepare: Any = None, most: int = 1000) -> None:
    """Do the job of the import's present step by a chunk of the test's own."""
    for _ in range(most):
        job = look(membership, import_id)["job"]
        if job["state"] in ("done", "failed", "cancelled"):
            return
        advance(membership.database, job["id"], chunk, prepare)


def test_a_chunk_that_breaks_leaves_nothing_of_itself(membership: MembershipHarness):
    import_id = upload(membership, [row(order) for order in range(4)])
    check(membership, import_id)
    start(membership, import_id)
    calls: list[int] = []

    def breaks_once(tx: Any, job: Any) -> bool:
        finished = importing.import_part(tx, job)
        calls.append(job.done)
        if len(calls) == 2:
            tx.session.flush()
            raise ConnectionError("the process died here")
        return finished

    work_by(membership, import_id, breaks_once, most=2)
    assert look(membership, import_id)["job"]["done"] == 2
    assert len(members(membership)) == len(membership.events("member_joined")) == 2
    work_by(membership, import_id, breaks_once)

    assert [member.number for member in members(membership)] == ["M000001", "M000002", "M000003", "M000004"]


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "READ_AT_ONCE", 0)
    monkeypatch.setattr(extracting, "PARTS_AT_ONCE", 1)


@pytest.mark.usefixtures("everything_is_large")
@pytest.mark.parametrize("name", ["名册.xlsx", "名册.csv"])
def test_a_large_file_is_read_part_by_part_before_its_columns_are_known(membership: MembershipHarness, name: str):
    import_id = upload(membership, [row(order) for order in range(5)], name)
    asked_for = look(membership, import_id)
    assert (asked_for["state"], asked_for["rows"], asked_for["headings"]) == ("reading", 0, [])
    with pytest.raises(Refused, match="reading"):
        check(membership, import_id, 姓名="name", 身份证号="id_number", 单位="unit", 用工形式="employment")

    work(membership, import_id, most=1)
    halfway = look(membership, import_id)
    assert (halfway["state"], halfway["rows"], halfway["job"]["done"]) == ("reading", 2, 2)
    assert halfway["job"]["total"] >= 5

    work(membership, import_id)
    read = look(membership, import_id)
    assert (read["state"], read["rows"], read["job"]["total"]) == ("uploaded", 5, 5)
    assert read["mapping"]["姓名"] == "name"
    assert check(membership, import_id)["counts"] == {"sound": 5, "bad": 0}
    assert carry_out(membership, import_id)["result"]["joined"] == 5


@pytest.mark.usefixtures("everything_is_large")
def test_reading_that_breaks_or_is_stopped_goes_on_where_it_was(membership: MembershipHarness):
    import_id = upload(membership, [row(order) for order in range(5)])
    calls: list[int] = []

    def breaks_once(tx: Any, job: Any, found: extracting.Found) -> bool:
        finished = extracting.keep_part(tx, job, found)
        calls.append(job.done)
        if len(calls) == 2:
            tx.session.flush()
            raise ConnectionError("the process died here")
        return finished

    work_by(membership, import_id, breaks_once, extracting.read_file, most=2)
    assert look(membership, import_id)["rows"] == 2
    job_id = look(membership, import_id)["job"]["id"]
    with membership.transaction(membership.officer) as tx:
        cancel_job(tx, job_id)
    work_by(membership, import_id, breaks_once, extracting.read_file)
    assert look(membership, import_id)["state"] == "read_stopped"
    with membership.transaction(membership.officer) as tx:
        retry_job(tx, job_id)
    work_by(membership, import_id, breaks_once, extracting.read_file)

    assert look(membership, import_id)["rows"] == 5
    assert check(membership, import_id)["counts"] == {"sound": 5, "bad": 0}


@pytest.mark.usefixtures("everything_is_large")
def test_a_large_file_that_breaks_a_rule_names_it_and_can_be_discarded(membership: MembershipHarness):
    import_id = upload(membership, [row(1), row(2), row(3, 姓名="x" * 5_001)])

    work(membership, import_id)

    stopped = look(membership, import_id)
    assert (stopped["state"], stopped["job"]["error"]["rule"]) == ("read_stopped", "sheet.cells_are_short_enough")
    membership.ask_typed(contract.discard_import, import_id=import_id)
    assert [count(membership, table) for table in (RosterPart, StoredFile)] == [0, 0]


@pytest.mark.usefixtures("everything_is_large")
def test_a_file_of_another_kind_is_refused_before_anything_is_kept(membership: MembershipHarness):
    with pytest.raises(InvalidInput) as refused:
        upload(membership, [row(1)], "名册.ods")

    assert refused.value.rule == "sheet.format_is_known"
    assert count(membership, RosterImport) == 0


def test_the_columns_are_remembered_for_the_same_headings(membership: MembershipHarness):
    columns = [("姓名", "姓名"), ("身份证号", "编码甲"), ("单位", "单位"), ("用工形式", "身份")]
    first = upload(membership, [row(1)], columns=columns)
    assert look(membership, first)["mapping"] == {"姓名": "name", "编码甲": None, "单位": "unit", "身份": None}
    check(membership, first, 编码甲="id_number", 身份="employment")

    second = upload(membership, [row(2)], columns=list(reversed(columns)))

    assert look(membership, second)["mapping"]["编码甲"] == "id_number"
    assert check(membership, second)["counts"]["sound"] == 1


def test_another_mapping_starts_the_dry_run_anew(membership: MembershipHarness):
    columns = [*COLUMNS, ("入会日期", "入会日期")]
    import_id = upload(membership, [row(1, 入会日期="1/9/2023"), row(2)], columns=columns)
    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 1}

    again = check(membership, import_id, 入会日期=None)

    assert again["counts"] == {"sound": 2, "bad": 0}
    assert count(membership, RosterProblem) == 0


def test_a_column_held_twice_or_missing_is_refused():
    schema = contract.map_roster.request_schema
    base = {"import_id": str(UUID(int=1)), "version": 1}

    twice = schema.validate({**base, "mapping": {"a": "name", "b": "name"}})
    missing = schema.validate({**base, "mapping": {"a": "name", "b": "unit", "c": "employment"}})

    assert twice == {"mapping": ["Two columns hold the same: name."]}
    assert missing == {"mapping": ["No column holds: id_number."]}


def test_steps_come_in_order_and_nobody_overwrites_what_he_has_not_seen(membership: MembershipHarness):
    import_id = upload(membership, [row(1)])
    with pytest.raises(Refused, match="uploaded"):
        start(membership, import_id)
    check(membership, import_id)
    old = {"import_id": import_id, "version": 1, "confirmed": True}
    with pytest.raises(PreconditionFailed):
        membership.ask_typed(contract.start_import, **old)
    carry_out(membership, import_id)
    with pytest.raises(Refused, match="imported"):
        start(membership, import_id)


def test_an_import_that_ends_while_it_is_looked_at_is_told_whole(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
):
    import_id = upload(membership, [row(1)])
    check(membership, import_id)
    start(membership, import_id)
    before = imports.found

    def found_before_the_end(tx: Any, wanted: UUID) -> RosterImport:
        batch = before(tx, wanted)
        monkeypatch.setattr(imports, "found", before)
        work(membership, wanted)
        return batch

    monkeypatch.setattr(imports, "found", found_before_the_end)
    told = membership.ask_typed(contract.get_import, import_id=import_id)

    assert (told["state"], told["result"].get("joined")) == ("imported", 1)


def test_a_page_of_imports_takes_as_many_statements_as_one_import(membership: MembershipHarness):
    asked_of_database: list[str] = []

    def statements() -> int:
        asked_of_database.clear()
        items = membership.ask_typed(contract.list_imports, cursor=None, limit=100)["items"]
        assert {item["state"] for item in items} == {"checked"}
        return len(asked_of_database)

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked_of_database.append(statement)

    sa.event.listen(membership.database.engine, "before_cursor_execute", note)
    check(membership, upload(membership, [row(1)]))
    one = statements()
    for order in (2, 3, 4):
        check(membership, upload(membership, [row(order)]))
    assert statements() == one
    sa.event.remove(membership.database.engine, "before_cursor_execute", note)


def test_a_table_without_rows_is_refused(membership: MembershipHarness):
    with pytest.raises(InvalidInput) as refused:
        upload(membership, [])

    assert refused.value.rule == "sheet.has_rows"


def test_a_discarded_import_keeps_no_rows_and_its_work_ends(membership: MembershipHarness):
    import_id = upload(membership, [row(1), row(2, 手机号="1")])
    check(membership, import_id)
    membership.ask_typed(contract.discard_import, import_id=import_id)

    assert look(membership, import_id)["state"] == "discarded"
    assert [count(membership, table) for table in (RosterPart, RosterProblem, StoredFile)] == [0, 0, 0]


def test_rows_and_file_are_erased_after_their_time(membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch):
    import_id = upload(membership, [row(1)])
    later = clock.now() + timedelta(days=contract.KEPT_DAYS + 1)
    monkeypatch.setattr(clock, "now", lambda: later)

    with membership.transaction(membership.officer) as tx:
        uploading.erase_old(tx)

    assert look(membership, import_id)["state"] == "discarded"
    assert [count(membership, table) for table in (RosterPart, StoredFile)] == [0, 0]
    assert count(membership, RosterImport) == 1


def test_what_a_roster_does_not_say_stays(membership: MembershipHarness):
    number = row(1)["身份证号"]
    columns = [*COLUMNS, ("性别", "性别"), ("邮箱", "邮箱")]
    first = upload(membership, [row(1, 性别="男", 邮箱="a@example.edu.cn")], columns=columns)
    check(membership, first)
    carry_out(membership, first)
    # The number's own digit says female; the office knew better.
    assert int(number[16]) % 2 == 0

    without_columns = [column for column in COLUMNS if column[0] not in ("手机号", "入职日期")]
    for headings, changes in ((without_columns, {}), (columns, {"性别": "", "邮箱": "—", "手机号": None})):
        again = upload(membership, [row(1, 姓名="张小明", **changes)], columns=headings)
        check(membership, again)
        carry_out(membership, again, member="update")

    (member,) = members(membership)
    assert (member.name, member.gender, member.email, member.phone, member.hired_on) == (
        "张小明", "male", "a@example.edu.cn", "13800000001", date(2020, 9, 1),
    )  # fmt: skip
    assert [event["fields_changed"] for event in membership.events("member_updated")] == [["name"]]
