"""Every page at both widths: axe finds nothing, nothing runs out of the screen, no script complains.

Members are met at the phone first, officers at the desk: axe looks through the pages of each at that size.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import flask
import pytest

from gateway.portal import init_app
from gateway.subject import install
from gateway.subjects import SUBJECTS
from services.chassis.clock import today
from tests.browser.test_failed_events import failed_event
from tests.browser.visitor import Visitor
from tests.e2e.rosters import checked, person, uploaded
from tests.e2e.stories import activity, newcomer, unit_of
from tests.support.api import Api, eventually

PUBLIC = [
    "/",
    "/sign-in",
    "/open-account",
    "/forgot-password",
    "/signed-out",
    "/join",
    "/join/follow",
    "/handbook",
    "/verify/{token}",
    "/offline",
]
APPLICANT = ["/join/application", "/join/application/edit", "/join/application/papers", "/me", "/todos", "/messages"]
MEMBER = [
    "/home", "/todos", "/messages", "/activities", "/activities?show=past", "/activities?q=nothing-of-this-name",
    "/activities/{activity_id}", "/calendar", "/calendar?year=2023&month=3", "/me", "/me/record",
    "/me/record?tab=contact", "/me/record?tab=benefits", "/me/record?tab=changes", "/me/record/contact",
    "/me/data", "/me/family", "/me/corrections", "/me/corrections/new",
    "/me/corrections/new?field=hired_on", "/me/data/download",
    "/me/membership", "/me/membership/transfer",
    "/me/registrations", "/me/registrations?show=all", "/me/benefits", "/me/dues", "/me/settings",
    "/me/password", "/life-events", "/me/notices", "/announcements/{announcement_id}",
    "/me/card", "/me/files", "/scan", "/scan?wanted=card",
    "/life-events/new", "/search", "/search?q=活动", "/search?q=乒乓&kind=plan_item", "/search?q=……",
    "/me/second-factor", "/me/roles", "/me/roles?q=会费", "/me/calendar", "/calendar?year=2026&month=2",
    "/calendar?year=2027&month=1", "/recuperation", "/recuperation/trips/{trip_id}/draw",
    "/me/goods", "/me/goods/{entitlement_id}", "/decisions/{decision_id}",
]  # fmt: skip
OFFICER = [
    "/console/system/permissions", "/console/system/permissions?role=chair&kind=command",
    "/console", "/console?steps=shown", "/todos?kind=application_approval",
    "/console/applications", "/console/applications?state=approved", "/console/applications/newcomers",
    "/console/applications/{application_id}", "/console/applications/runs/{job_id}", "/console/joining",
    "/console/applications/unconfirmed", "/console/applications/unconfirmed?unit_id={unit_id}",
    "/console/joining/wordings/new", "/console/joining/series/new",
    "/console/members/{member_id}/files", "/console/members", "/console/members/figures",
    "/console/members?q=nobody-of-this-name",
    "/console/members/{member_id}", "/console/members/{member_id}?tab=contact",
    "/console/members/{member_id}?tab=benefits", "/console/members/{member_id}?tab=changes",
    "/console/members/{member_id}/edit", "/console/organisation", "/console/organisation?q=nothing-like-it",
    "/console/organisation/new", "/console/organisation/{unit_id}", "/console/organisation/{unit_id}/edit",
    "/console/organisation/{unit_id}/posts/new?q=M", "/console/organisation/terms",
    "/console/organisation/delegations",
    "/console/hr", "/console/hr?state=applied", "/console/hr/rounds", "/console/hr/{record_id}",
    "/console/organisation/{unit_id}/merge", "/console/organisation/{unit_id}/split",
    "/console/organisation/{unit_id}/move", "/console/activities", "/console/activities/new",
    "/console/activities/new?plan_item_id={item_id}", "/console/activities/{activity_id}",
    "/console/activities/{activity_id}/edit", f"/console/plan?year={today().year}",
    "/console/plan?view=gantt", "/console/plan/items/{item_id}",
    "/console/plan/new", f"/console/plan/items/new?year={today().year}",
    "/console/plan/items/{item_id}/edit", "/console/accounts",
    "/console/visits", "/console/visits?show=all", "/console/visits/report?q=M", "/visits/{visit_id}",
    "/visits/{open_visit_id}/sheet",
    "/console/birthdays", "/console/programmes", "/console/programmes/new", "/console/programmes/{programme_id}",
    "/console/programmes/{programme_id}/cycles/new", "/console/cycles/{cycle_id}", "/console/cycles/{cycle_id}/goods",
    "/console/cycles/{cycle_id}/exclusions", "/console/cycles/{cycle_id}/reconciliation", "/console/hand-outs",
    "/console/funds", "/console/funds/{entry_id}", "/console/funds/new-expense",
    "/console/funds/new-income", "/console/funds/verify", "/console/budget", "/console/budget/line",
    "/console/funds/refusals", "/console/jobs", "/console/jobs/{job_id}", "/console/system/events",
    "/console/system/events/{event_id}?consumer=welfare.on_member_joined", "/console/imports",
    "/console/imports/{import_id}", "/console/awards", "/console/corrections",
    "/console/retention", "/console/breach", "/console/fact-uses", "/console/awards/new?q=M",
    "/console/rules", "/console/rules?topic=benefit", "/console/rules/new", "/console/rules/{key}",
    "/console/rules/sets",
    "/console/rules/entitlement.items", "/console/rules/retirement.m60", "/console/visit-types",
    "/console/visit-types/new", "/console/visit-types/{occasion}",
    "/console/members/{member_id}/honours/new",
    "/console/transfers", "/console/transfers/{transfer_id}",
    "/console/retirement", "/console/retirement?year=2030", "/console/standing",
    "/console/members/{member_id}/standing",
    "/console/members/{member_id}/decision", "/console/members/{member_id}/transfer",
    "/console/members/{member_id}/transfer-in",
    "/console/dues", "/console/dues/charge?month=" + f"{today():%Y-%m}", "/console/dues/without-base",
    "/console/dues/arrears", "/console/dues/arrears?q=nobody-of-this-name", "/console/dues/files",
    "/console/dues/files/{file_id}", "/console/dues/refunds", "/console/dues/credits",
    "/console/dues/members/{member_id}",
    "/console/system/profile", "/console/system/programs", "/console/system/programs/new",
    "/console/system/programs/{program_id}",
    "/console/scan", "/console/search", "/console/search?q=工会", "/console/search?q=nobody-of-this-name",
    "/console/notices/deliveries", "/console/notices/stops", "/console/notices/robots",
    "/console/announcements", "/console/announcements/new", "/console/announcements/{announcement_id}",
    "/console/system/second-factor",
    "/console/recuperation", "/console/recuperation/routes", "/console/recuperation/routes/new",
    "/console/recuperation/new", "/console/recuperation/rounds/{round_id}",
    "/console/recuperation/rounds/{open_round_id}", "/console/recuperation/rounds/{open_round_id}/trips/new",
    "/console/trips/{trip_id}",
    "/console/dues/arrears/remind", "/console/applications/runs",
    "/console/birthdays/issue", "/console/accounts/slips",
]  # fmt: skip
CHAIR = [
    "/console",
    "/console/posts/{post_id}/delegate",
    "/console/posts/{post_id}/delegate?q=M",
    "/console/dues",
    "/console/dues/arrears",
    "/console/dues/members/{member_id}",
    "/console/applications",
    "/console/applications/unconfirmed",
    "/console/members",
    "/console/visits",
    "/visits/{visit_id}",
    "/console/accounts",
]
AUDITOR = ["/console", "/console/funds", "/console/budget", "/console/members/{member_id}", "/visits/{visit_id}"]
ANSWERED_IN_PARTS = {
    "portal.import_progress", "portal.seats", "portal.birthday_run", "portal.start", "portal.message",
    "portal.card_code",
}  # fmt: skip
"""What is no page of its own: parts that a page fetches, the ways to one's start and to what a notice tells of."""
ONLY_IN_MAIL = {"portal.unsubscribe"}
"""Its address is signed and stands in e-mails only; `tests/component/gateway/test_mail.py` opens it."""
WITH_A_PROVIDER = {"portal.begin_sign_on", "portal.end_sign_on", "portal.link_identity"}
"""Steps of a sign-on, which `test_sign_on.py` goes through."""
UNDER_WAY = {"portal.second_step", "portal.confirm_totp"}
"""Steps of signing in and of setting up a second factor, which `test_second_factors.py` goes through."""
HANDS_OUT_FILES = {
    "portal.job_file", "portal.card_pdf", "portal.my_photo", "portal.my_application_photo",
    "portal.photo_of_application", "portal.photo_of_member", "portal.import_template",
    "portal.calendar_feed", "portal.activity_calendar", "portal.activity_poster",
    "portal.union_colours", "portal.union_emblem",
    "portal.evidence_picture", "portal.draw_file",
}  # fmt: skip


@pytest.fixture(scope="module")
def things(union) -> dict[str, str]:
    """One of everything a page can be about."""
    officer, chair = Api(union.url).sign_in("officer"), Api(union.url).sign_in("chair")
    unit_id = unit_of(chair)
    held = officer.post("/activities", activity(title="人人可看的活动", capacity=3), status=201)
    for name in ("member", "delegate", "mediator", "judge"):
        Api(union.url).sign_in(name).post(f"/activities/{held['id']}/registrations", status=201)
    form = newcomer(unit_id, name="诸葛远", username="zhuge.yuan", password="a-long-phrase-of-his")
    application = Api(union.url).post("/membership/applications", form, status=201)
    visit = _visit_with_entry(chair, officer, unit_id)
    item = next(row for row in officer.all(f"/governance/plan/{today().year}/items") if row["measure"] == "activity")
    programme = officer.get("/welfare/programmes")["items"][-1]
    cycle = officer.get(f"/welfare/programmes/{programme['id']}/cycles")["items"][0]
    goods = Api(union.url).sign_in("member").get("/me/goods")["items"][0]
    run = officer.post("/membership/applications/runs", {"application_ids": [application["id"]]}, status=202)
    roster = checked(officer, uploaded(officer, [person(600), person(601, 手机号="1")]))
    return {
        "import_id": roster["id"],
        "activity_id": held["id"],
        "application_id": application["id"],
        "member_id": visit["member_id"],
        "unit_id": unit_id,
        "item_id": item["id"],
        "record_id": officer.get("/membership/hr/differences")["items"][0]["id"],
        "visit_id": visit["id"],
        "open_visit_id": _visit_to_make(officer),
        "entry_id": visit["entry_id"],
        "job_id": run["id"],
        "file_id": officer.get("/membership/dues/files", kind="payroll")["items"][0]["id"],
        "token": chair.get("/me/card")["token"],
        "transfer_id": officer.get("/membership/transfers")["items"][0]["id"],
        "post_id": chair.get("/membership/posts", member_id=chair.get("/me")["member_id"])["items"][0]["id"],
        "event_id": failed_event(union),
        "program_id": _program(officer),
        "announcement_id": _announcement(officer),
        "key": "benefit.birth.cap",
        "occasion": "birth",
        **_recuperation(officer),
        "programme_id": programme["id"],
        "cycle_id": cycle["id"],
        "entitlement_id": goods["id"],
        "decision_id": goods["decision_id"],
    }


def _visit_to_make(officer: Api) -> str:
    waiting = (officer.get(f"/welfare/visits/{row['id']}") for row in officer.get("/welfare/visits")["items"])
    return next(visit["id"] for visit in waiting if "complete" in visit["actions"])


def _announcement(officer: Api) -> str:
    """One that members were told."""
    return eventually(lambda: officer.get("/announcements", state="sent")["items"])[0]["id"]


def _recuperation(officer: Api) -> dict[str, str]:
    rounds = {row["state"]: row["id"] for row in officer.get("/welfare/recuperation-rounds")["items"]}
    trip = officer.get("/welfare/trips", round_id=rounds["committed"])["items"][0]
    return {"round_id": rounds["committed"], "open_round_id": rounds["open"], "trip_id": trip["id"]}


def _program(officer: Api) -> str:
    """An account of another system, made anew where the module runs again."""
    known = {row["username"]: row["id"] for row in officer.all("/programs")}
    body = {"username": "every-page", "scopes": ["units.read"]}
    return known.get(body["username"]) or officer.post("/programs", body, status=201)["id"]


def _birth_of_somebody(chair: Api, member_ids: list[str]) -> dict[str, Any]:
    """Report a birth for the first of them for whom none was reported yet."""
    yesterday = (today() - timedelta(days=1)).isoformat()
    for member_id in reversed(member_ids):
        report = {"member_id": member_id, "occasion": "birth", "happened_on": yesterday}
        answer = chair.send("POST", "/welfare/life-events", json=report)
        if answer.status_code == 201:
            return answer.json()
        assert answer.json()["rule"] == "visits.was_not_reported_before", answer.text
    raise AssertionError("a birth was reported for everybody in the unit")


def _visit_with_entry(chair: Api, officer: Api, unit_id: str) -> dict[str, Any]:
    me = chair.get("/me")["member_id"]
    rows = [row for row in chair.all("/membership/members", unit_id=unit_id) if row["id"] != me]
    path = f"/welfare/visits/{_birth_of_somebody(chair, [row['id'] for row in rows])['visit_id']}"
    evidence = [{"kind": "note", "text": "已上门看望"}, {"kind": "signature", "text": "本人签收"}]
    made = {"visited_on": today().isoformat(), "evidence": evidence, "amount": "300.00", "form": "goods"}
    chair.post(f"{path}/complete", made)
    return eventually(lambda: (visit := officer.get(path))["entry_id"] and visit)


def walks(one: Visitor, paths: list[str], things: dict[str, str], pictures) -> None:
    for path in paths:
        one.open(path.format(**things))
        one.finds_no_fault(pictures)


def test_pages_for_everybody(visitor, things, pictures):
    walks(visitor(), PUBLIC, things, pictures)


def test_pages_of_an_applicant(visitor, things, pictures):
    one = visitor()
    one.sign_in("zhuge.yuan", "a-long-phrase-of-his")
    walks(one, [path for path in APPLICANT if "edit" not in path], things, pictures)


def test_pages_of_a_member(visitor, things, pictures):
    walks(visitor("member"), MEMBER, things, pictures)


@pytest.mark.parametrize("size", ["desktop"])
def test_pages_of_an_officer(visitor, things, pictures):
    walks(visitor("officer"), OFFICER, things, pictures)


@pytest.mark.parametrize("size", ["desktop"])
def test_pages_of_a_chair(visitor, things, pictures):
    walks(visitor("chair"), CHAIR, things, pictures)


@pytest.mark.parametrize("size", ["desktop"])
def test_pages_of_an_auditor(visitor, things, pictures):
    walks(visitor("auditor"), AUDITOR, things, pictures)


@pytest.mark.parametrize("size", ["desktop"])
def test_every_panel_that_unfolds_has_no_fault_either(visitor, things):
    officer = visitor("officer")
    for path in ("/console/applications/{application_id}", "/console/members/{member_id}", "/visits/{visit_id}",
                 "/console/activities/{activity_id}", "/console/birthdays", "/console/members",
                 "/console/dues/members/{member_id}", "/console/dues/arrears"):  # fmt: skip
        officer.open(path.format(**things))
        summaries = officer.page.get_by_role("main").locator("details.disclosure > summary")
        for number in range(min(summaries.count(), 6)):
            summaries.nth(number).click()
            officer.finds_no_fault()
            officer.page.keyboard.press("Escape")


def test_no_page_is_left_out():
    app = flask.Flask("portal", static_folder=None)
    install(app, SUBJECTS)
    init_app(app)
    walks_of_all = (*PUBLIC, *APPLICANT, *MEMBER, *OFFICER, *CHAIR, *AUDITOR)
    walked = {path.partition("?")[0].replace("{open_", "{") for path in walks_of_all}
    pages = {
        rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("portal.") and "GET" in (rule.methods or ())
        if rule.endpoint not in ANSWERED_IN_PARTS | HANDS_OUT_FILES | ONLY_IN_MAIL | WITH_A_PROVIDER | UNDER_WAY
    }
    assert pages - walked == set()
