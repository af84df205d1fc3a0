"""A union founded without the demonstration works: newcomers, visits, birthdays, with figures and types of its own."""

from __future__ import annotations

import pytest

from deploy.demo.people import identity_number
from services.chassis.clock import today
from tests.e2e import founding
from tests.support.api import Api, eventually
from tests.support.stack import EmbeddedStack, Stack, real_stack


@pytest.fixture(scope="module", params=["embedded", "real"])
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A union that was just founded, and runs."""
    folder = tmp_path_factory.mktemp(f"founded-{request.param}")
    if request.param == "embedded":
        stack = EmbeddedStack(folder, members=0)
        founding.found(stack)
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()
        return
    broker, server = request.getfixturevalue("amqp_server"), request.getfixturevalue("database_server")
    with real_stack(folder, broker, server, members=0) as stack:
        founding.found(stack)
        yield stack


@pytest.fixture(scope="module")
def officer(founded: Stack) -> Api:
    """The first officer, who leads the first unit too."""
    return founding.make_chair(founded, founding.officer_of(founded))


def test_a_newcomer_is_approved_by_the_national_rules(founded, officer):
    joined = founding.admit(founded, officer)
    terms = officer.get("/membership/employment-terms")["items"]
    assert joined["number"] == "M000002"
    assert {rule["ruleset"] for item in terms for rule in item["rules"]} == {"national"}


def test_a_visit_is_reported_made_and_stands_in_the_ledger_by_a_figure_of_the_union_s_own(founded, officer):
    member_id = founding.admit(founded, officer)["member_id"]
    visit = founding.reported(officer, member_id, "birth")
    problem = founding.made(officer, visit, "700.00", "goods", status=409)
    assert (problem["code"], problem["rule"]) == ("no_rule_in_force", "benefit.birth.cap")
    founding.set_figure(officer, "benefit.birth.cap", "800.00")
    founding.set_line(officer, "care.birth")
    above = founding.made(officer, visit, "800.01", "goods", status=409)
    assert above["params"]["cap"] == "800.00"
    founding.made(officer, visit, "700.00", "goods")

    entry = officer.get(f"/governance/funds/entries/{founding.entry_of(officer, visit['id'])['id']}")
    assert (entry["amount"], entry["line_code"], entry["rule_key"]) == ("700.00", "care.birth", "benefit.birth.cap")
    assert {rule["ruleset"] for rule in entry["rules"]} == {"own", "national"}
    eventually(lambda: officer.get(f"/welfare/visits/{visit['id']}")["state"] == "closed")


def test_an_occasion_of_the_union_s_own_is_visited_and_paid(founded, officer):
    member_id = founding.admit(founded, officer)["member_id"]
    tea = {
        "name": "送清凉", "name_en": "Cool drinks", "level": "unit", "due_within_hours": 24,
        "escalate_after_hours": 24, "evidence_needed": ["note"], "benefit_key": "tea", "standings": ["active"],
    }  # fmt: skip
    officer.ask("PUT", "/welfare/visit-types/tea", 200, json=tea)
    visit = founding.reported(officer, member_id, "tea")
    for figure, value in (("cap", "60.00"), ("forms", "goods"), ("line", "care.tea")):
        founding.set_figure(officer, f"benefit.tea.{figure}", value)
    founding.set_line(officer, "care.tea")
    founding.made(officer, visit, "60.00", "goods")

    assert founding.entry_of(officer, visit["id"])["line_code"] == "care.tea"
    officer.post("/welfare/visit-types/tea/end", {"last_day": today().isoformat(), "reason": "夏天过去了"})
    ended = officer.get("/welfare/visit-types", occasion="tea")["items"]
    assert [one["offered"] for one in ended] == [False, True]


def test_birthday_care_is_given_by_figures_of_the_union_s_own(founded, officer):
    day = today()
    born = today().replace(year=1990, day=min(today().day, 28))
    joined = founding.admit(
        founded, officer, birth_date=born.isoformat(), id_number=identity_number(born, 77), gender="male"
    )
    month = f"/welfare/birthdays/{day.year}/{day.month}"
    officer.post(month)
    refused = officer.post(f"{month}/vouchers", {"amount": "200.00", "form": "voucher"}, status=409)
    assert refused["code"] == "no_rule_in_force"
    founding.set_figure(officer, "benefit.birthday.cap", "300.00")
    founding.set_figure(officer, "benefit.birthday.year_cap", "300.00")
    founding.set_line(officer, "care.birthday")
    officer.post(f"{month}/vouchers", {"amount": "200.00", "form": "voucher"}, status=201)
    grant = next(one for one in officer.all(f"{month}/grants") if one["member_id"] == joined["member_id"])
    assert founding.entry_of(officer, grant["id"])["amount"] == "200.00"


def test_a_year_s_account_lists_what_the_union_decided(founded, officer):
    joined = founding.admit(founded, officer)
    founding.set_figure(officer, "entitlement.items", "holiday")
    founding.set_figure(officer, "benefit.holiday.cap", "1500.00")
    mine = eventually(
        lambda: (
            (found := joined["caller"].get("/me/entitlements"))
            and found["items"]
            and found["items"][0]["cap"]
            and found
        )
    )
    assert [(one["benefit_key"], one["cap"]) for one in mine["items"]] == [("holiday", "1500.00")]


def test_migrating_again_leaves_what_the_union_set(founded, officer):
    if isinstance(founded, EmbeddedStack):
        founded.stop()
    told = founded.run("migrate")
    if isinstance(founded, EmbeddedStack):
        founded.start()
    assert "governance: shipped rules are up to date (0 changed)" in told
    held = {one["key"]: one["value"] for one in officer.get("/welfare/rules")["items"]}
    assert held["benefit.birth.cap"] == "800.00"
