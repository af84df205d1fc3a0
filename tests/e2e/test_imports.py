"""A roster is uploaded, run dry, carried out; bad rows come back as a file; nobody but officers may."""

from __future__ import annotations

import pytest

from services.chassis.files.spreadsheets import read_rows
from tests.e2e.rosters import checked, file_of, imported, person, started, uploaded
from tests.support.api import eventually


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_roster_becomes_members_everybody_knows(union, signed_in, kind):
    officer = signed_in("officer")
    base = 100 if kind == "xlsx" else 200
    rows = [person(base + place) for place in range(6)]
    rows += [person(base + 6, 单位="没有这个单位"), person(base + 1)]
    rows[0]["手机号"] = "12345"

    found = checked(officer, uploaded(officer, rows, kind))

    assert found["counts"] == {"sound": 6, "bad": 1, "repeated": 1, "noted": 1}
    problems = officer.all(f"/membership/imports/{found['id']}/problems")
    assert [(one["row"], one["heading"], one["value"]) for one in problems] == [
        (2, "手机号", "12***"), (8, "单位", "没有这个单位"), (9, None, rows[1]["姓名"]),
    ]  # fmt: skip
    answer = officer.send("POST", f"/membership/imports/{found['id']}/problem-file", json={})
    told = list(read_rows("problems.xlsx", answer.content))
    assert [row["手机号"] for _, row in told] == ["12345", rows[6]["手机号"], rows[1]["手机号"]]

    started(officer, found)
    done = imported(officer, found)

    assert done["result"] == {"joined": 6, "updated": 0, "skipped": 1, "refused": 1}
    members = officer.get("/membership/members", q="dfj", limit=100)["items"]
    assert rows[0]["姓名"] in {member["name"] for member in members}


def test_the_member_list_leaves_as_a_file(union, signed_in):
    officer = signed_in("officer")
    body = {
        "purpose": "会员代表大会选区划分",
        "kind": "csv",
        "headings": {"name": "姓名"},
        "words": {"gender": {"male": "男"}},
    }
    job = officer.post("/membership/members/export-file", body, status=202)

    done = eventually(lambda: (now := officer.get(f"/membership/jobs/{job['id']}"))["state"] == "done" and now)
    answer = officer.send("GET", f"/membership/jobs/{job['id']}/file")

    rows = list(read_rows("members.csv", answer.content))
    assert len(rows) == done["total"] == done["done"]
    assert {row["gender"] for _, row in rows} == {"男", "female"}
    assert all("*" in row["id_number"] for _, row in rows)


def test_a_member_of_the_roster_is_corrected_when_chosen(union, signed_in):
    officer = signed_in("officer")
    first = checked(officer, uploaded(officer, [person(300)]))
    started(officer, first)
    imported(officer, first)

    again = checked(officer, uploaded(officer, [person(300, 用工形式="人事代理")]))
    assert again["counts"] == {"bad": 0, "member": 1}
    started(officer, again, member="update")

    assert imported(officer, again)["result"]["updated"] == 1


def test_a_large_file_is_read_after_it_was_taken(union, signed_in):
    officer = signed_in("officer")
    lines = b"".join(f"张三,{place},01,在编,{'x' * 40}\n".encode() for place in range(2_500))
    sound = "姓名,身份证号,单位,用工形式,备注\n".encode() + lines
    taken = officer.ask("POST", "/membership/imports", 201, files={"file": ("large.csv", sound)})
    assert (taken["state"], taken["headings"]) == ("reading", [])
    path = f"/membership/imports/{taken['id']}"

    read = eventually(lambda: (now := officer.get(path))["state"] == "uploaded" and now)

    assert (read["rows"], read["job"]["done"], read["job"]["total"]) == (2_500, 2_500, 2_500)
    assert read["mapping"]["身份证号"] == "id_number"
    assert officer.post(f"{path}/discard")["state"] == "discarded"

    trap = officer.ask("POST", "/membership/imports", 201, files={"file": ("trap.csv", sound + b"=1+1,2\n")})
    path = f"/membership/imports/{trap['id']}"
    stopped = eventually(lambda: (now := officer.get(path))["state"] == "read_stopped" and now)
    assert stopped["job"]["error"]["rule"] == "sheet.no_formulas"
    assert officer.post(f"{path}/discard")["state"] == "discarded"


def test_only_officers_import_and_traps_are_refused(union, signed_in):
    parts = {"file": ("roster.xlsx", file_of([person(400)]))}
    assert signed_in("chair").send("POST", "/membership/imports", files=parts).status_code == 403

    officer = signed_in("officer")
    trap = {"file": ("roster.csv", "姓名,单位\n=1+1,01\n".encode())}
    problem = officer.ask("POST", "/membership/imports", 422, files=trap)
    assert problem["rule"] == "sheet.no_formulas"
    assert officer.send("GET", "/membership/imports/template", params={"format": "csv"}).content.startswith(
        b"\xef\xbb\xbf"
    )
