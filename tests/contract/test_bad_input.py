"""Whatever is sent: its own status and a problem that names field and rule, and never a defect.

The app in this process is asked; what HTTP itself can get wrong goes to a server in `tests/e2e/test_bad_requests.py`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.identity.sessions import hash_of
from gateway.identity.tables import SignedInSession
from gateway.subjects import SUBJECTS
from tests.e2e.stories import activity, newcomer, unit_of
from tests.support.api import Api
from tests.support.in_process import InProcessUnion
from tests.support.problems import problem

NOBODY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"
LISTS = sorted(
    route.path for route in SUBJECTS.routes if route.reads_query and "cursor" in route.operation.request().fields
)
MUST_SAY = {
    "/search": "?q=%E4%BC%9A&kind=activity&",
    "/welfare/search": "?q=%E4%BC%9A&",
    "/governance/sessions": "?q=%E4%BC%9A&",
    "/membership/retirements": "?year=2025&",
    "/membership/honours": f"?member_id={NOBODY}&",
}
"""What a list asks for before it looks at a cursor."""


@pytest.fixture
def union(in_process: InProcessUnion) -> InProcessUnion:
    """The union that is asked."""
    return in_process


def anybody(union: InProcessUnion) -> Api:
    """A caller who has not signed in."""
    return Api(union.url, union.session())


@pytest.fixture
def officer(signed_in: Any) -> Api:
    """The officer."""
    return signed_in("officer")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": None}, "title"),
        ({"title": 5}, "title"),
        ({"title": ""}, "title"),
        ({"title": "长" * 121}, "title"),
        ({"title": "a\x07b"}, "title"),
        ({"kind": "revolution"}, "kind"),
        ({"capacity": "2"}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"capacity": 2.5}, "capacity"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10**30}, "capacity"),
        ({"waiting_list": "yes"}, "waiting_list"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "2026-02-30T10:00:00Z"}, "starts_at"),
        ({"starts_at": 1700000000}, "starts_at"),
        ({"fee": 12.5}, "fee"),
        ({"fee": "12.505"}, "fee"),
        ({"fee": "NaN"}, "fee"),
        ({"fee": "1e400"}, "fee"),
        ({"audience": []}, "audience"),
        ({"audience": {"units": ["x"]}}, "audience.units.0"),
        ({"audience": {"colour": "red"}}, "audience.colour"),
        ({"organiser_unit_id": "1"}, "organiser_unit_id"),
        ({"colour": "red"}, "colour"),
        ({"\u0000": 1}, "body"),
    ],
)
def test_a_field_at_fault_is_named(officer, changes, field):
    answer = officer.send("POST", "/activities", json=activity(**changes))
    problem(answer, 400 if field == "body" else 422, field=field)


def test_all_fields_at_fault_are_named_together(officer):
    told = problem(officer.send("POST", "/activities", json={"colour": 1, "capacity": "x"}), 422)
    assert set(told["errors"]) == {"title", "kind", "starts_at", "ends_at", "colour", "capacity"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"title":',
        b"title=x",
        b"\xff\xfe\x00",
        b'{"title": NaN}',
        b'{"title": "\\ud800"}',
        b'{"title": "\\u0000"}',
        b"[" * 100_000,
        b'{"a":' * 20_000,
    ],
)
def test_what_is_not_json_is_malformed(officer, body):
    answer = officer.send("POST", "/activities", data=body, headers={"Content-Type": "application/json"})
    assert problem(answer, 400, field="body")["code"] == "malformed_request"


@pytest.mark.parametrize("body", [b"[]", b"5", b'"text"', b"null", b"true"])
def test_json_that_is_no_object_is_refused(officer, body):
    answer = officer.send("POST", "/activities", data=body, headers={"Content-Type": "application/json"})
    problem(answer, 422, field="body")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_content_type_is_not_read(officer, kind):
    answer = officer.send("POST", "/activities", data=b'{"title": "x"}', headers={"Content-Type": kind})
    assert problem(answer, 415)["code"] == "unsupported_media_type"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("limit=5&limit=6", "limit"),
        ("colour=red", "colour"),
        ("kind=revolution", "kind"),
        ("starts_from=yesterday", "starts_from"),
        ("q=" + "x" * 5000, "q"),
        ("q=%00", "q"),
        ("cursor=" + "x" * 2001, "cursor"),
    ],
)
def test_a_parameter_at_fault_is_named(officer, query, field):
    problem(officer.send("GET", f"/activities?{query}"), 422, field=field)


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_is_taken_only_as_it_was_given(officer, path):
    address = re.sub(r"<uuid:\w+>", NOBODY, path.replace("<int:year>", "2023").replace("<int:month>", "3"))
    address = address.replace("<string:month>", "2023-03") + MUST_SAY.get(path, "?")
    for cursor in ("tampered", "gAAAAABl" + "A" * 90, "%C3%A9" * 20):
        answer = officer.send("GET", f"{address}cursor={cursor}")
        if answer.status_code in (403, 404):  # not the officer's, or about nobody
            problem(answer, answer.status_code)
        else:
            problem(answer, 422, field="cursor")


def test_a_cursor_with_one_letter_changed_or_of_another_list_is_refused(officer):
    page = officer.get("/membership/members", limit=5)
    cursor = page["next_cursor"]
    middle = len(cursor) // 2
    changed = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    problem(officer.send("GET", "/membership/members", params={"cursor": changed}), 422, field="cursor")
    problem(officer.send("GET", "/governance/funds/entries", params={"cursor": cursor}), 422, field="cursor")
    assert officer.get("/membership/members", limit=5, cursor=cursor)["items"]


def test_what_does_not_exist_is_not_found(officer):
    for path in ("/activities", "/membership/members", "/welfare/visits", "/governance/funds/entries"):
        problem(officer.send("GET", f"{path}/{NOBODY}"), 404)
    problem(officer.send("GET", "/no/such/path"), 404)
    problem(officer.send("POST", f"/welfare/visits/{NOBODY}/complete", json={}), 422)


def test_a_wrong_role_is_told_the_right_ones(signed_in, union):
    told = problem(signed_in("member").send("POST", "/activities", json=activity()), 403, rule="role_allows")
    assert told["params"]["roles"] == ["chair", "officer"]
    answer = anybody(union).send("POST", "/activities", json=activity())
    problem(answer, 401, rule="signed_in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_another_units_data_are_out_of_reach(signed_in):
    chair = signed_in("chair")
    other = next(u["id"] for u in chair.all("/membership/units", kind="unit") if u["id"] != unit_of(chair))
    told = problem(chair.send("POST", "/activities", json=activity(organiser_unit_id=other)), 403)
    assert told["rule"]
    problem(chair.send("GET", "/welfare/visits", params={"unit_id": other}), 403)


def test_a_wrong_state_names_the_rule_and_the_legal_steps(officer):
    made = officer.post("/activities", activity(), status=201)
    told = problem(officer.send("POST", f"/activities/{made['id']}/announce"), 409, rule="workflow.activity")
    assert "cancel" in told["legal"]
    officer.post(f"/activities/{made['id']}/cancel", {"reason": "人数不足"})
    told = problem(officer.send("POST", f"/activities/{made['id']}/announce"), 409, rule="workflow.activity")
    assert "nothing more" in told["detail"]


def test_an_expired_token_says_that_it_has_expired(union):
    api = anybody(union).sign_in("member")
    token = str(api.http.headers["Authorization"]).split()[1]
    over = sa.update(SignedInSession).where(SignedInSession.token_hash == hash_of(token))
    with union.services.databases["gateway"].engine.begin() as connection:
        connection.execute(over.values(expires_at=datetime.now(UTC) - timedelta(minutes=1)))
    told = problem(api.send("GET", "/me"), 401, field="Authorization", rule="token_is_valid")
    assert told["code"] == "token_expired"


def test_an_idempotency_key_stands_for_one_request(officer):
    key, body = {"Idempotency-Key": f"once-{uuid4()}"}, activity(title="只此一次")
    first = officer.post("/activities", body, status=201, headers=key)
    assert officer.post("/activities", body, status=201, headers=key)["id"] == first["id"]
    answer = officer.send("POST", "/activities", json=activity(title="另一活动"), headers=key)
    problem(answer, 422, field="Idempotency-Key", rule="idempotency_key_names_one_request")
    for bad in ("", "x" * 101, "with space"):
        answer = officer.send("POST", "/activities", json=body, headers={"Idempotency-Key": bad})
        problem(answer, 422, field="Idempotency-Key")


def test_a_key_of_the_wrong_form_is_refused_where_the_gateway_words_the_answer(officer):
    member_id = officer.get("/membership/members", limit=1)["items"][0]["id"]
    path = f"/welfare/members/{member_id}/statement"
    answer = officer.send("POST", path, json={"purpose": "核对福利"}, headers={"Idempotency-Key": ""})
    problem(answer, 422, field="Idempotency-Key")


def test_an_older_version_is_not_changed(officer):
    made = officer.post("/activities", activity(), status=201)
    path = f"/activities/{made['id']}"
    tag = officer.send("GET", path).headers["ETag"]
    assert officer.send("PATCH", path, json={"place": "二楼"}, headers={"If-Match": tag}).status_code == 200
    problem(officer.send("PATCH", path, json={"place": "三楼"}, headers={"If-Match": tag}), 412)
    problem(officer.send("PATCH", path, json={"place": "三楼"}, headers={"If-Match": "mine"}), 422, field="If-Match")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id_number": "110101199703011234"}, "id_number"),
        ({"birth_date": "1901-01-01"}, "birth_date"),
        ({"phone": "call me"}, "phone"),
        ({"email": "nowhere"}, "email"),
        ({"unit_id": NOBODY}, "unit_id"),
        ({"password": "short"}, "password"),
        ({"username": "no spaces"}, "username"),
    ],
)
def test_an_application_at_fault_names_the_field_and_repeats_no_number(union, signed_in, changes, field):
    form = {**newcomer(unit_of(signed_in("chair"))), **changes}
    answer = anybody(union).send("POST", "/membership/applications", json=form)
    problem(answer, answer.status_code, field=field)
    assert answer.status_code in (409, 422)
    assert form["id_number"] not in answer.text
    assert form["phone"] not in answer.text


def test_a_cookie_without_its_token_changes_nothing(union, officer):
    cookies = {"gonghui_session": str(officer.http.headers["Authorization"]).split()[1]}
    answer = union.session().post(f"{union.url}/api/v1/activities", json=activity(), cookies=cookies)
    problem(answer, 400, field="csrf_token", rule="csrf_token_is_valid")
    page = union.session().post(f"{union.url}/sign-out", cookies=cookies)
    assert page.status_code == 400
    assert page.headers["Content-Type"].startswith("text/html")
    assert officer.get("/me")["username"] == "officer"


def test_people_get_pages_where_programs_get_problems(union):
    for path, status in (("/no/such/page", 404), ("/console/members/not-a-uuid", 404)):
        page = union.session().get(union.url + path)
        assert page.status_code == status
        assert page.headers["Content-Type"].startswith("text/html")
        assert page.headers["X-Correlation-Id"] in page.text


def test_a_correlation_id_of_the_wrong_form_is_replaced(union):
    for given in ("x", "<script>", "y" * 200):
        answer = union.session().get(f"{union.url}/api/v1/me", headers={"X-Correlation-Id": given})
        assert problem(answer, 401)["correlation_id"] != given
    answer = union.session().get(f"{union.url}/api/v1/me", headers={"X-Correlation-Id": "story-0001"})
    assert problem(answer, 401)["correlation_id"] == "story-0001"


def test_a_password_is_guessed_a_few_times_only(union, officer):
    member = newcomer(unit_of(anybody(union).sign_in("chair")))
    anybody(union).post("/membership/applications", member, status=201)
    guesses = [
        anybody(union).send("POST", "/sessions", json={"username": member["username"], "password": f"guess-{n}"})
        for n in range(12)
    ]
    assert guesses[0].status_code == 401
    told = problem(guesses[-1], 429)
    assert told["retry_after"] >= 1
    assert guesses[-1].headers["Retry-After"] == str(told["retry_after"])
