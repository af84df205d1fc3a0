"""Every page at both widths: axe finds nothing, nothing runs out of the screen, no script complains.

Members are met at the phone first, officers at the desk: axe looks through the pages of each at that size.
"""

from __future__ import annotations

import re
from uuid import UUID

import flask
import pytest

from gateway.portal import init_app
from gateway.subject import install
from gateway.subjects import SUBJECTS
from services.chassis.clock import today
from tests.browser.activities_pages import activity_things
from tests.browser.article_pages import article_things
from tests.browser.congress_pages import congress_things
from tests.browser.democracy_pages import democracy_things
from tests.browser.proposal_pages import proposal_things
from tests.browser.test_failed_events import failed_event
from tests.browser.visitor import Visitor
from tests.browser.walked_pages import APPLICANT, AUDITOR, CHAIR, MEMBER, OFFICER, PUBLIC
from tests.browser.welfare_pages import welfare_things
from tests.e2e.rosters import checked, person, uploaded
from tests.e2e.stories import activity, newcomer, unit_of
from tests.support.api import Api, eventually

ANSWERED_IN_PARTS = {
    "portal.import_progress", "portal.seats", "portal.birthday_run", "portal.start", "portal.message",
    "portal.card_code", "portal.similar_proposals", "portal.begin_contest", "portal.begin_results",
    "portal.begin_tournament", "portal.begin_fixtures",
    "portal.new_check_in_code", "portal.desk_list",
}  # fmt: skip
"""What is no page of its own: parts that a page fetches, the ways to one's start and to what a notice tells of,
to the contest or tournament of an activity."""
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
    "portal.evidence_picture", "portal.draw_file", "portal.own_statement_file", "portal.purchase_paper",
    "portal.charity_receipt_file", "portal.disclosed_receipt", "portal.own_certificate", "portal.proposal_form",
    "portal.meeting_document", "portal.meeting_calendar_file", "portal.minutes_file", "portal.filing_document",
    "portal.print_filing", "portal.ballot_board_file", "portal.session_document", "portal.news_file", "portal.news_rss",
    "portal.news_atom", "portal.place_photo", "portal.place_poster", "portal.club_charter", "portal.tournament_poster",
    "portal.attendance_certificate",
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
    item = next(row for row in officer.all(f"/governance/plan/{today().year}/items") if row["measure"] == "activity")
    run = officer.post("/membership/applications/runs", {"application_ids": [application["id"]]}, status=202)
    roster = checked(officer, uploaded(officer, [person(600), person(601, 手机号="1")]))
    return {
        "import_id": roster["id"],
        "activity_id": held["id"],
        "application_id": application["id"],
        "unit_id": unit_id,
        "item_id": item["id"],
        "record_id": officer.get("/membership/hr/differences")["items"][0]["id"],
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
        **welfare_things(officer, chair, Api(union.url).sign_in("member"), unit_id),
        **democracy_things(officer, Api(union.url).sign_in("member")),
        **proposal_things(officer, Api(union.url).sign_in("member")),
        **congress_things(officer),
        **article_things(officer),
        **activity_things(officer, Api(union.url).sign_in("member")),
    }


def _announcement(officer: Api) -> str:
    """One that members were told."""
    return eventually(lambda: officer.get("/announcements", state="sent")["items"])[0]["id"]


def _program(officer: Api) -> str:
    """An account of another system, made anew where the module runs again."""
    known = {row["username"]: row["id"] for row in officer.all("/programs")}
    body = {"username": "every-page", "scopes": ["units.read"]}
    return known.get(body["username"]) or officer.post("/programs", body, status=201)["id"]


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
    addresses = app.url_map.bind("localhost")
    walks_of_all = (*PUBLIC, *APPLICANT, *MEMBER, *OFFICER, *CHAIR, *AUDITOR)
    walked = {addresses.match(_about_anything(path), return_rule=True)[0].rule for path in walks_of_all}
    pages = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("portal.") and "GET" in (rule.methods or ())
        if rule.endpoint not in ANSWERED_IN_PARTS | HANDS_OUT_FILES | ONLY_IN_MAIL | WITH_A_PROVIDER | UNDER_WAY
    }
    assert sorted(pages - walked) == []


def _about_anything(path: str) -> str:
    """Return the address with some id for everything it is about."""
    return re.sub(r"{\w+}", str(UUID(int=1)), path.partition("?")[0])
