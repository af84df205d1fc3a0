"""A union founded with the release before is migrated, and every kind of decision that needs a rule is made.

`releases/` holds what such a union's databases were, as SQL, with the keys of these made-up people's data. Once as the
release left them, and once without any rule, as an installation from before dated rules has them.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.clock import today
from services.chassis.database.engine import Database
from services.chassis.database.migrations import pending
from services.chassis.rules.rulebook import PolicyRule
from tests.e2e import founding
from tests.support.api import Api, eventually
from tests.support.moving import moved_to
from tests.support.rabbitmq import Broker
from tests.support.stack import SERVICES, EmbeddedStack, RealStack, Stack

RELEASE = Path(__file__).parent / "releases" / "2026-11-28"
MONTH = f"{today():%Y-%m}"
RELEASED = tuple(name for name in SERVICES if (RELEASE / f"{name}.sql").exists())
"""Services that the release had; databases of later ones are empty."""
KEEPING_RULES = ("governance", "membership", "welfare", "activities")


@pytest.fixture(scope="module", params=["as it was left", "without rules", "on PostgreSQL"])
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A union of the release before, migrated to this one and running: a process, or one per service on servers."""
    folder = tmp_path_factory.mktemp("upgraded")
    shutil.copy(RELEASE / "secrets.env", folder)
    for service in RELEASED:
        stored = sqlite3.connect(folder / f"{service}.sqlite3")
        stored.executescript((RELEASE / f"{service}.sql").read_text(encoding="utf-8"))
        if request.param == "without rules":
            stored.execute("DELETE FROM policy_rule")
        stored.commit()
        stored.close()
    stack = moved(request, folder) if request.param == "on PostgreSQL" else EmbeddedStack(folder, members=0)
    try:
        stack.run("migrate")
        stack.start()
        yield stack
    finally:
        stack.stop()


def moved(request: pytest.FixtureRequest, folder: Path) -> RealStack:
    """The same union with its databases on PostgreSQL, a process per service and a broker."""
    broker: Broker = request.getfixturevalue("amqp_server")
    database_url = request.getfixturevalue("database_url")
    vhost = broker.new_vhost()
    request.addfinalizer(lambda: broker.drop_vhost(vhost))
    urls = {service: database_url(service) for service in SERVICES}
    return RealStack(folder, vhost, urls, **moved_to(urls, folder))


def url_of(stack: Stack, service: str) -> str:
    """Return where a service's data is."""
    return stack.env.get(f"GONGHUI_{service.upper()}_DATABASE_URL", f"sqlite:///{stack.folder}/{service}.sqlite3")


@pytest.fixture(scope="module")
def officer(upgraded: Stack) -> Api:
    """The officer who founded it, and leads its first unit; every service has heard of governance's rules."""
    eventually(lambda: len({tuple(rules_of(upgraded, service)) for service in KEEPING_RULES}) == 1)
    return founding.officer_of(upgraded)


def rules_of(stack: Stack, service: str) -> list[tuple[UUID, str]]:
    """Return id and value of every rule a service keeps."""
    database = Database(url_of(stack, service))
    with database.session(readonly=True) as session:
        found = session.execute(sa.select(PolicyRule.id, PolicyRule.value).order_by(PolicyRule.id)).all()
    database.close()
    return [(row.id, str(row.value)) for row in found]


@pytest.fixture(scope="module")
def member(officer: Api) -> dict:
    """The member who joined before the upgrade, born in May 1965."""
    return officer.get("/membership/members", q="M000002")["items"][0]


def test_nothing_is_left_to_migrate_and_migrating_again_changes_no_rule(upgraded):
    for service in SERVICES:
        database = Database(url_of(upgraded, service))
        assert pending(service, database) == []
        database.close()
    upgraded.stop()
    told = upgraded.run("migrate")
    upgraded.start()
    assert "governance: shipped rules are up to date (0 changed)" in told
    assert "welfare: shipped visit types are up to date (0 changed)" in told


def test_every_service_keeps_each_rule_of_governance_once_also_where_it_had_read_a_file(upgraded, officer):
    known = rules_of(upgraded, "governance")
    assert len(known) > 10
    assert all(rules_of(upgraded, service) == known for service in KEEPING_RULES)
    listed = {one["key"]: one for one in officer.get("/membership/rules")["items"]}
    assert listed["dues.percent"]["basis"] == "share_of_wages", "what an event adds to the file of the release before"


def test_an_application_of_before_is_approved_and_the_account_of_the_year_opened(upgraded, officer):
    (application,) = officer.all("/membership/applications", state="unit_reviewed")
    approved = officer.post(f"/membership/applications/{application['id']}/approve")
    assert approved["state"] == "approved"
    himself = Api(upgraded.url).sign_in("zhuge", "a-long-phrase-of-mine")
    account = eventually(lambda: (found := himself.get("/me/entitlements"))["account_id"] and found)
    assert account["why_not"] == f"no rule in force for entitlement.items on {today()} in established"
    founding.set_figure(officer, "entitlement.items", "holiday")
    assert [one["benefit_key"] for one in himself.get("/me/entitlements")["items"]] == ["holiday"]


def test_somebody_new_joins_and_is_transferred(upgraded, officer):
    joined = founding.admit(upgraded, officer)
    other = next(one["id"] for one in officer.all("/membership/units", kind="unit") if one["code"] == "02")
    asked = {"member_id": joined["member_id"], "to_unit_id": other, "reason": "工作调动"}
    transfer = officer.post("/membership/transfers", asked, status=201)
    assert transfer["state"] == "released", "asked by who leads the unit"
    member = officer.get(f"/membership/members/{joined['member_id']}")
    assert member["standing"] == "transferring"


def test_dues_are_charged_and_a_member_is_exempt_by_a_reason_of_the_union_s_own(officer, member):
    dues = f"/membership/dues/members/{member['id']}"
    exempt = {"reason": "unpaid_leave", "starts_on": f"{MONTH}-01"}
    assert officer.post(f"{dues}/exemptions", exempt, status=409)["rule"] == "dues.exempt_reasons"
    base = {"base": "3487.00", "starts_on": f"{MONTH}-01", "reason": "核定"}
    assert officer.post(f"{dues}/bases", base, status=201)
    job = officer.post(f"/membership/dues/months/{MONTH}/charge", status=202)["job_id"]
    eventually(lambda: officer.get(f"/membership/jobs/{job}")["state"] == "done")
    charged = next(one for one in officer.get(dues)["months"] if one["month"] == MONTH)
    assert charged["due"] == "17.40"
    founding.set_figure(officer, "dues.exempt_reasons", "unpaid_leave")
    assert officer.post(f"{dues}/exemptions", exempt, status=201)


def test_periods_of_keeping_data_are_the_union_s_own_to_set(officer):
    def months() -> object:
        rules = officer.get("/membership/retention/rules")["items"]
        return next(one["months"] for one in rules if one["data_class"] == "contact")

    assert months() is None
    founding.set_figure(officer, "retention.contact", "6")
    assert months() == 6


def test_a_visit_is_made_and_its_expense_checked(officer, member):
    founding.set_figure(officer, "benefit.hospitalisation.cap", "400.00")
    founding.set_line(officer, "care.hospitalisation")
    visit = founding.reported(officer, member["id"], "hospitalisation")
    founding.made(officer, visit, "400.00", "cash")

    entry = officer.get(f"/governance/funds/entries/{founding.entry_of(officer, visit['id'])['id']}")
    assert sorted(rule["key"] for rule in entry["rules"]) == [
        "benefit.hospitalisation.cap",
        "benefit.hospitalisation.forms",
    ]


def test_an_expense_of_an_officer_is_checked_by_the_rule_in_force(officer):
    spending = {
        "line_code": "care.wedding", "amount": "300.00", "description": "新婚慰问", "decision": "会议纪要 8",
        "evidence_kinds": ["receipt", "signature"], "form": "goods", "benefit_key": "wedding",
    }  # fmt: skip
    assert officer.post("/governance/funds/expenses", spending, status=409)["rule"] == "benefit.wedding.cap"
    founding.set_figure(officer, "benefit.wedding.cap", "500.00")
    founding.set_line(officer, "care.wedding")
    assert officer.post("/governance/funds/expenses", spending, status=201)["amount"] == "300.00"


def test_birthday_care_is_given(officer):
    month = f"/welfare/birthdays/{today().year}/{today().month}"
    officer.post(month)
    founding.set_figure(officer, "benefit.birthday.cap", "300.00")
    answer = officer.send("POST", f"{month}/vouchers", json={"amount": "200.00", "form": "voucher"})
    assert answer.status_code == 201 or answer.json()["rule"] == "birthdays.somebody_is_listed", answer.text


def test_a_member_retires_by_the_law_and_the_visit_is_due(officer, member):
    explained = officer.get("/membership/retirement", member_id=member["id"])
    assert (explained["statutory_month"], explained["delay_months"]) == ("2025-07-01", 2)
    retired = officer.post(f"/membership/members/{member['id']}/retirement", {"retired_on": today().isoformat()})
    assert retired["standing"] == "retained"
    visits = eventually(lambda: [one for one in officer.all("/welfare/visits") if one["level"] == "union"])
    assert {one["member_id"] for one in visits} == {member["id"]}
