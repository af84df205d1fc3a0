"""A union founded without the demonstration, as stories about one need it: its officer, figures of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from deploy.demo.people import identity_number
from services.chassis.clock import today
from tests.e2e.stories import newcomer
from tests.support.api import Api, eventually
from tests.support.in_process import InProcessUnion
from tests.support.stack import Stack

USERNAME, PASSPHRASE = "wangli", "a-long-passphrase"
FOUNDERS = {
    "union": "试验大学工会",
    "unit": "机关分工会",
    "name": "王立",
    "gender": "male",
    "birth-date": "1980-03-04",
    "id-number": identity_number(date(1980, 3, 4), 1),
    "phone": "13800001111",
    "username": USERNAME,
    "password": PASSPHRASE,
}
EVIDENCE = [{"kind": "note", "text": "已上门看望"}, {"kind": "signature", "text": "本人签收"}]


def found(stack: Stack) -> None:
    """Found a union in the stack's empty databases."""
    stack.run("found", *(part for name, value in FOUNDERS.items() for part in (f"--{name}", value)))


def caller(union: Stack | InProcessUnion) -> Api:
    """Return a caller who has not signed in."""
    return Api(union.url, union.session() if isinstance(union, InProcessUnion) else None)


def officer_of(union: Stack | InProcessUnion) -> Api:
    """Return the first officer, signed in."""
    return caller(union).sign_in(USERNAME, PASSPHRASE)


def unit_of_founders(officer: Api) -> str:
    """Return the first of the units."""
    return officer.all("/membership/units", kind="unit")[0]["id"]


def make_chair(union: Stack | InProcessUnion, officer: Api) -> Api:
    """Make the first officer chair of the own unit; return a caller with both roles."""
    post = {
        "unit_id": unit_of_founders(officer),
        "kind": "unit_chair",
        "member_id": officer.get("/me")["member_id"],
        "starts_on": today().isoformat(),
    }
    officer.post("/membership/posts", post, status=201)
    return eventually(lambda: (one := officer_of(union)) and "chair" in str(one.get("/me")["roles"]) and one)


def admit(union: Stack | InProcessUnion, officer: Api, **changes: Any) -> dict[str, Any]:
    """Let somebody apply, be reviewed and approved; return the form with the member's id."""
    form = newcomer(unit_of_founders(officer), **changes)
    application = caller(union).post("/membership/applications", form, status=201)
    path = f"/membership/applications/{application['id']}"
    officer.post(f"{path}/review", {"decision": "accept"})
    approved = officer.post(f"{path}/approve")
    himself = caller(union).sign_in(form["username"], form["password"])
    eventually(lambda: "member" in str(himself.get("/me")["roles"]))
    return {**form, "member_id": approved["member_id"], "number": approved["number"], "caller": himself}


def set_figure(officer: Api, key: str, value: str, **changes: Any) -> None:
    """Set a figure of the union's own, and wait until every service that decides by it has heard."""
    rule = {"value": value, "document": "本校工会慰问办法", "valid_from": "2022-01-01", **changes}
    officer.ask("PUT", f"/governance/rules/{key}", 200, json=rule)
    for service in officer.get(f"/governance/rules/{key}")["used_by"]:
        path = "/governance/rules/in-force" if service == "governance" else f"/{service}/rules"
        eventually(lambda path=path: [one for one in officer.get(path)["items"] if _is_own(one, key)])


def _is_own(rule: dict[str, Any], key: str) -> bool:
    return (rule["key"], rule["ruleset"]) == (key, "own")


def set_line(officer: Api, code: str, amount: str = "20000.00") -> None:
    """Give this year's budget a line."""
    line = {
        "name": "慰问",
        "name_en": "Care",
        "management_code": "activities.collective_welfare",
        "funding_source": "union",
        "amount": amount,
    }
    officer.ask("PUT", f"/governance/funds/budget/{today().year}/lines/{code}", 200, json=line)


def reported(officer: Api, member_id: str, occasion: str) -> dict[str, Any]:
    """Report a life event of today; return the visit it calls for."""
    report = {"member_id": member_id, "occasion": occasion, "happened_on": today().isoformat()}
    event = officer.post("/welfare/life-events", report, status=201)
    return officer.get(f"/welfare/visits/{event['visit_id']}")


def made(officer: Api, visit: dict[str, Any], amount: str | None, form: str | None, status: int = 200) -> Any:
    """Record that a visit was made today, with what was given."""
    given = {"amount": amount, "form": form} if amount else {}
    report = {"visited_on": today().isoformat(), "evidence": EVIDENCE, **given}
    return officer.post(f"/welfare/visits/{visit['id']}/complete", report, status=status)


def entry_of(officer: Api, source_id: str) -> dict[str, Any]:
    """Return the ledger entry of a source, once it is there."""
    return eventually(lambda: officer.all("/governance/funds/entries", source_id=source_id))[0]
