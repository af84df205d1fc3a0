"""Pages offer what their reader can use: notices by role, choices that rules allow, items in the plan's order."""

from __future__ import annotations

from uuid import uuid4

from gateway.notices.naming import kind_names_for
from gateway.portal import offered as offers
from gateway.portal import people
from gateway.portal.forms import Form
from gateway.portal.offered import may_open
from gateway.portal.service_calls import Part
from gateway.subjects import SUBJECTS
from gateway.subjects.governance.plan.views import by_part
from gateway.subjects.governance.rulebook.sets_pages import NOT_OFFERED
from gateway.subjects.membership.organisation.ending_terms_pages import ENDING_TERMS
from gateway.subjects.own.jobs import pages as jobs_pages
from gateway.subjects.welfare.visits import life_event_pages
from gateway.subjects.welfare.visits.one_visit_pages import COMPLETE
from services.chassis.errors import Unavailable
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.rulebook.keys import uses_of
from services.contracts.governance.rulebook.vocabulary import SHIPPED_SETS
from services.contracts.welfare.visits.requests import CompleteVisit


def test_a_member_is_not_offered_notices_that_only_officers_get(portal):
    with portal.test_request_context():
        member, officer = kind_names_for({"member"}), kind_names_for({"member", "officer"})
    assert {"visit_assigned", "dues_owed", "invitation"} <= set(member)
    assert not {"application_review", "visit_escalated", "correction"} & set(member)
    assert set(member) < set(officer)


def test_a_form_offers_only_some_of_the_choices_where_it_is_told_so(portal):
    with portal.test_request_context():
        form = Form(CompleteVisit, COMPLETE)
        form.offer("form", None)
        assert set(form["form"].choices) == {"goods", "voucher", "cash"}
        form.offer("form", ["goods", "voucher"])
        assert set(form["form"].choices) == {"goods", "voucher"}


def test_members_are_not_asked_to_report_their_own_death(portal, monkeypatch):
    types = [{"occasion": "birth", "name": "生育", "name_en": "Birth", "standings": ["active"]},
             {"occasion": "loss", "name": "去世", "name_en": "Death", "standings": ["active", "deceased"]}]  # fmt: skip
    answers = iter([Part(data={"items": types}), Part(problem=Unavailable("away"))])
    monkeypatch.setattr(life_event_pages, "part", lambda _operation: next(answers))
    with portal.test_request_context():
        assert life_event_pages.own_occasion_choices() == {"birth": "生育"}
        assert "member_death" not in life_event_pages.own_occasion_choices()


def test_the_parts_of_the_plan_stand_in_its_order():
    items = [{"id": number, "month": None, "part": part} for number, part in enumerate(("calendar", "IV", "I", "IV"))]
    assert list(by_part(items)) == ["calendar", "I", "IV"]


def test_a_benefits_figure_blocks_only_what_the_benefit_is_given_by():
    assert uses_of("benefit.birth.cap") == ("entitlements", "visits", "care", "claims")
    assert uses_of("benefit.birthday.forms") == ("birthdays", "claims")
    assert uses_of("benefit.outing.cap") == ("entitlements", "claims")
    assert "visits" in uses_of("benefit.of_our_own.cap")
    assert uses_of("dues.percent") == ("dues",)
    assert uses_of("no.such.key") == ()


def test_every_province_that_ships_is_offered_and_nothing_else():
    assert set(SHIPPED_SETS) - set(NOT_OFFERED) == {"zhejiang"}


def test_the_page_of_a_job_is_offered_to_those_who_may_open_it(portal, monkeypatch):
    kinds = SUBJECTS.jobs
    assert {kind.page for kind in kinds.values() if kind.page} >= {"dues_files", "applications", "birthdays"}
    for roles, offered in ((("chair",), None), (("officer",), "dues_files")):
        principal = Principal("account", grants=tuple(Grant(role) for role in roles))
        monkeypatch.setattr(jobs_pages, "current_principal", lambda principal=principal: principal)
        with portal.test_request_context():
            assert jobs_pages._page_of(kinds["post_dues_file"]) == offered
            assert jobs_pages._page_of(None) is None


def test_a_page_is_offered_to_the_roles_it_is_for_and_in_their_units_alone(portal, monkeypatch):
    unit = uuid4()
    readers = {
        "officer": Principal("account", grants=(Grant("officer"),)),
        "chair": Principal("account", grants=(Grant("chair", unit),)),
        "member": Principal("account", grants=(Grant("member"),)),
    }
    for name, reader in readers.items():
        monkeypatch.setattr(offers, "current_principal", lambda reader=reader: reader)
        monkeypatch.setattr(people, "current_principal", lambda reader=reader: reader)
        with portal.test_request_context():
            opens = [may_open("member"), may_open("member", str(unit)), may_open("member", str(uuid4()))]
            assert opens == {"officer": [True] * 3, "chair": [True, True, False], "member": [False] * 3}[name]
            post = {"member_id": str(uuid4()), "unit_id": str(unit)}
            assert (ENDING_TERMS.address_of(post) is None) == (name == "member")
            assert (ENDING_TERMS.address_of({**post, "unit_id": None}) is None) == (name != "officer")
            assert may_open("activities")
