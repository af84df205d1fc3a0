"""Who may ask what, and about whom: every route for every kind of account, then the cases a role's list cannot say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gateway.http.routes import Route
from gateway.permissions import table
from gateway.subjects import SUBJECTS
from services.chassis.process.settings import SERVICES
from services.chassis.schema import ACCOUNT, PUBLIC, ROLES
from services.contracts.jobs import JOBS_OF
from tests.e2e.stories import activity, in_days, newcomer, unit_of
from tests.support.api import Api

POSTS = ("officer", "chair", "member", "auditor", "delegate", "handler", "mediator", "judge", "ops")
NOBODY = "00000000-0000-7000-8000-000000000000"
NONSENSE = {"no_such_field": "1"}
"""Invalid input, so that an authorised request changes nothing: 422 means that it was authorised."""

LOOKS_THAT_ARE_LOGGED = {
    "welfare.unmask_evidence", "welfare.open_evidence_file", "membership.export_retirement_roster",
    "welfare.read_statement",
    "welfare.open_care_evidence",
}  # fmt: skip
"""Commands of an auditor: reading protected fields, which stores a log entry."""
WITNESSED = {
    "welfare.enter_public_value", "welfare.count_cash", "governance.approve_disclosure", "governance.return_disclosure",
}  # fmt: skip
"""What two people do, an auditor among them: the public value of a draw, counting cash, disclosing the money."""
WORK_HE_ASKED_FOR = {"gateway.prove_ledger",
    *(operation.id for one in JOBS_OF.values() for operation in (one.cancel, one.retry)),
}  # fmt: skip
"""And those about the auditor's own export jobs."""
SMALL_POSTS = {
    "hr": {"membership.push_hr_changes"}
    | {
        f"governance.{name}"
        for name in (
            "answer_dismissal",
            "attach_dismissal_paper",
            "list_dismissals",
            "notify_dismissal",
            "open_dismissal",
            "open_dismissal_paper",
            "withdraw_dismissal",
        )
    },
    "mediator": {
        f"governance.{name}"
        for name in (
            "answer_assignment",
            "attach_dispute_paper",
            "classify_matter",
            "conclude_agreement",
            "list_disputes",
            "move_dispute",
            "open_dispute",
            "open_dispute_paper",
            "propose_extension",
            "record_hearing",
            "schedule_hearing",
            "write_agreement",
        )
    },
    "handler": {
        f"welfare.{name}"
        for name in (
            "list_request_types",
            "list_requests",
            "get_request",
            "unmask_request",
            "accept_request",
            "advance_request",
            "finish_request",
            "decline_request",
            "open_request_document",
            "find_in_welfare",
            "list_counselling_slots",
            "add_counselling_slot",
            "remove_counselling_slot",
            "list_visitors",
            "counselling_counts",
        )
    }
    | {
        f"governance.{name}"
        for name in (
            "list_departments",
            "get_department",
            "list_proposal_campaigns",
            "get_proposal_campaign",
            "list_proposals",
            "list_public_proposals",
            "get_proposal",
            "hand_back_proposal",
            "accept_assignment",
            "contribute_to_reply",
            "reply_to_proposal",
            "co_sign_reply",
            "object_to_reply",
            "pass_inspection",
            "add_milestone",
            "reach_milestone",
            "drop_milestone",
            "check_proposal",
        )
    },
    "ops": {
        "gateway.list_permissions",
        "gateway.list_deliveries",
        "gateway.retry_delivery",
        "gateway.list_programs",
        "gateway.get_program",
        "gateway.revoke_program",
        "gateway.reset_second_factor",
        *(operation.id for one in JOBS_OF.values() for operation in (one.list, one.get, one.cancel, one.retry)),
        *(
            f"{service}.{name}"
            for service in SERVICES
            for name in (
                "list_failed_events",
                "get_failed_event",
                "replay_event",
                "discard_event",
                "get_reconciliation",
                "reconcile_events",
            )
        ),
    },
}
"""What roles beside the members' and the offices' reach: no person's data, but for a handler the own requests."""


def address(route: Route) -> str:
    """A route's path with something in each place."""
    path = re.sub(r"<uuid:\w+>", NOBODY, route.path)
    return re.sub(r"<\w+>", "x", re.sub(r"<int:\w+>", "2023", path))


def knock(api: Api, route: Route) -> int:
    """Ask with nonsense and return the status."""
    options: dict[str, Any] = {"params": NONSENSE} if route.reads_query else {"json": NONSENSE}
    return api.send(route.method, address(route), **options).status_code


def expected(route: Route, roles: set[str] | None) -> int:
    """The status the contract promises to who holds the roles; None is a stranger."""
    allow = route.operation.allow
    if PUBLIC in allow:
        return 422
    if roles is None:
        return 401
    return 422 if ACCOUNT in allow or roles & allow else 403


def applicant_of(union: Any, unit: str) -> tuple[Api, str]:
    """Somebody who applied to a unit, signed in, and the application's id."""
    form = newcomer(unit)
    application = Api(union.url).post("/membership/applications", form, status=201)
    return Api(union.url).sign_in(form["username"], form["password"]), application["id"]


@pytest.fixture
def other_unit(signed_in: Any) -> str:
    """A unit the demo chair does not chair."""
    chair = signed_in("chair")
    own = unit_of(chair)
    return next(unit["id"] for unit in chair.all("/membership/units", kind="unit") if unit["id"] != own)


@pytest.fixture
def stranger(signed_in: Any, other_unit: str) -> str:
    """A member of that unit who holds no post."""
    officer = signed_in("officer")
    holders = {post["member_id"] for post in officer.all("/membership/posts")}
    members = officer.all("/membership/members", unit_id=other_unit)
    return next(member["id"] for member in members if member["id"] not in holders)


@pytest.mark.parametrize("account", [*POSTS, "applicant", None], ids=str)
def test_every_route_lets_in_whom_its_contract_names_and_nobody_else(union, signed_in, account):
    if account == "applicant":
        api = applicant_of(union, unit_of(signed_in("chair")))[0]
    else:
        api = signed_in(account) if account else Api(union.url)
    roles = {grant["role"] for grant in api.get("/me")["roles"]} if account else None
    assert roles is None or account in roles
    wrong = [
        (f"{route.method} {route.path}", status, expected(route, roles))
        for route in SUBJECTS.routes
        if (status := knock(api, route)) != expected(route, roles)
    ]
    assert wrong == []


def test_an_auditor_never_writes_and_small_posts_give_no_more_than_membership():
    commands = [route.operation for route in SUBJECTS.routes if route.operation.kind == "command"]
    his = {operation.id for operation in commands if "auditor" in operation.allow}
    assert his == LOOKS_THAT_ARE_LOGGED | WORK_HE_ASKED_FOR | WITNESSED
    for role in set(ROLES) - {"officer", "chair", "member", "auditor"}:
        reached = {route.operation.id for route in SUBJECTS.routes if role in route.operation.allow}
        assert reached == SMALL_POSTS.get(role, set()), role


def test_a_chair_reaches_nothing_of_another_unit(union, signed_in, other_unit, stranger):
    chair, officer = signed_in("chair"), signed_in("officer")
    record = f"/membership/members/{stranger}"
    for path in (record, f"{record}/history"):
        chair.get(path, status=403)
    chair.get(f"{record}/accesses", status=403)
    chair.ask("POST", f"{record}/unmask", 403, json={"field": "phone", "purpose": "to call"})
    change = {"version": 1, "phone": "13800138000", "reason": "new number"}
    chair.ask("PATCH", record, 403, json=change)
    for path in ("members", "applications", "units/figures"):
        chair.get(f"/membership/{path}", status=403, unit_id=other_unit)
    assert {one["unit_id"] for one in chair.all("/membership/members")} == {unit_of(chair)}
    chair.get("/welfare/visits", status=403, unit_id=other_unit)
    chair.get("/welfare/life-events", status=403, unit_id=other_unit)
    event = {"member_id": stranger, "occasion": "birth", "happened_on": officer_day(officer)}
    assert chair.post("/welfare/life-events", event, status=403)["rule"] == "own_unit"
    visit = officer.post("/welfare/life-events", event, status=201)["visit_id"]
    chair.get(f"/welfare/visits/{visit}", status=403)
    chair.post(f"/welfare/visits/{visit}/cancel", {"reason": "not ours to see"}, status=403)
    foreign = activity(organiser_unit_id=other_unit)
    chair.post("/activities", foreign, status=403)
    planned = officer.post("/activities", foreign, status=201)["id"]
    for action in ("cancel", "hold"):
        body = {"reason": "not ours to call off"} if action == "cancel" else {}
        chair.post(f"/activities/{planned}/{action}", body, status=403)
    chair.ask("PATCH", f"/activities/{planned}", 403, json={"title": "别人的活动"})
    chair.post(f"/activities/{planned}/clone", {"starts_at": [in_days(30)]}, status=403)
    _, application = applicant_of(union, other_unit)
    chair.get(f"/membership/applications/{application}", status=403)
    chair.post(f"/membership/applications/{application}/review", {"decision": "accept"}, status=403)
    look = {"field": "id_number", "purpose": "to compare"}
    chair.post(f"/membership/applications/{application}/unmask", look, status=403)


def officer_day(officer: Api) -> str:
    """Today in the union's own calendar."""
    return str(officer.get("/me/entitlements")["as_of"])


def test_a_member_reaches_the_own_record_only(signed_in, stranger):
    member, officer = signed_in("member"), signed_in("officer")
    own = f"/membership/members/{member.get('/me')['member_id']}"
    member.get(own)
    member.ask("POST", f"{own}/unmask", 200, json={"field": "phone", "purpose": "to check it"})
    other = f"/membership/members/{stranger}"
    for path in (other, f"{other}/history", f"{other}/accesses"):
        member.get(path, status=403)
    member.ask("POST", f"{other}/unmask", 403, json={"field": "phone", "purpose": "to call"})
    member.ask("PATCH", other, 403, json={"version": 1, "phone": "13800138000"})
    event = {"member_id": stranger, "occasion": "birth", "happened_on": officer_day(officer)}
    assert member.post("/welfare/life-events", event, status=403)["rule"] == "visits.own_life_event"
    talk = officer.post("/activities", activity(), status=201)["id"]
    officer.post(f"/activities/{talk}/registrations/members", {"member_ids": [stranger]})
    body = {"member_id": stranger, "reason": "to get the seat"}
    member.ask("DELETE", f"/activities/{talk}/registrations", 403, json=body)
    assert {post["member_id"] for post in member.all("/membership/posts")} <= {member.get("/me")["member_id"]}


def test_a_member_raises_nothing_of_the_own_record_beyond_contact(signed_in):
    member = signed_in("member")
    own = f"/membership/members/{member.get('/me')['member_id']}"
    version = member.get(own)["version"]
    for change in ({"name": "某某"}, {"birth_date": "1990-01-01"}, {"employment": "established"}):
        refused = member.ask("PATCH", own, 409, json={"version": version, **change})
        assert refused["rule"] == "record.fields_are_open"


def test_an_applicant_reaches_the_own_application_only(union, signed_in):
    unit = unit_of(signed_in("chair"))
    first, own = applicant_of(union, unit)
    _, other = applicant_of(union, unit)
    first.get(f"/membership/applications/{own}")
    path = f"/membership/applications/{other}"
    first.get(path, status=403)
    first.ask("PATCH", path, 403, json={"version": 1, "name": "某某"})
    first.post(f"{path}/submit", {"version": 1}, status=403)
    first.post(f"{path}/withdraw", {"reason": "not mine"}, status=403)
    first.post(f"/membership/applications/{own}/review", {"decision": "accept"}, status=403)
    assert [item["id"] for item in first.all("/me/applications")] == [own]
    wrong = {"receipt_code": "23456789BCDF"}
    Api(union.url).post(f"{path}/standing", wrong, status=404)


def test_whoever_has_an_account_alone_learns_no_whole_names(union, signed_in):
    applicant, _ = applicant_of(union, unit_of(signed_in("chair")))
    assert applicant.all("/membership/posts") == []


@pytest.mark.parametrize("role", ["officer", "auditor", "chair", "member"])
def test_each_role_reaches_as_far_as_the_table_says(signed_in, other_unit, stranger, role):
    """Every query that takes a unit or a member is asked about those of another unit."""
    api, ids = signed_in(role), {"unit_id": other_unit, "member_id": stranger}
    wrong, asked = [], 0
    for row in table(SUBJECTS):
        reach = row.operation.reaches.get(role)
        named = set(ids) & set(row.operation.request_schema.fields)
        if reach is None or not named or not row.route.reads_query or not set(row.route.path_names) <= set(ids):
            continue
        for name in sorted(named - set(row.route.path_names)) or [""]:
            path = re.sub(r"<uuid:(\w+)>", lambda place: ids[place[1]], row.route.path)
            answer = api.send("GET", path, params={name: ids[name]} if name else {})
            if answer.status_code == 422:
                continue
            asked += 1
            told = answer.status_code == 200 and not _is_empty(answer)
            if (answer.status_code == 403) if reach == "union" else told:
                wrong.append((row.operation.id, name, reach, answer.status_code))
    assert wrong == []
    assert asked > 9


def _is_empty(answer: Any) -> bool:
    body = answer.json() if answer.headers.get("Content-Type", "").startswith("application/json") else {}
    return isinstance(body, dict) and body.get("items") == []
