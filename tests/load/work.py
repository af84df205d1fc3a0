"""What people do on a working day, for the endurance run: each function is one round of one caller's work."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import requests

from tests.e2e import rosters
from tests.load.ground import Ground
from tests.support.api import Api
from tests.support.pictures import picture
from tests.support.stack import PASSWORD

PAGES = ("/home", "/activities", "/calendar", "/me", "/me/card", "/me/record", "/me/dues", "/todos", "/messages")
QUERIES = ("/me/home", "/me/todos", "/activities?limit=20", "/calendar", "/me/card")
ROSTER_ROWS = 300
PHONE_PICTURE = (3_000, 4_000)
"""Pixels of a photo as a phone takes it."""
_rosters = count(1)


@dataclass
class Caller:
    """Somebody who works with the union; `note` counts each answer under the name of the work."""

    ground: Ground
    note: Callable[[str, requests.Response], None]
    number: int
    tokens: list[str] = field(default_factory=list)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)  # the same load at every run

    def api(self, token: str) -> Api:
        """The API as a member who signed in before."""
        api = Api(self.ground.stack.url)
        api.http.headers["Authorization"] = f"Bearer {token}"
        return api

    def sent(self, what: str, api: Api, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request and count its answer."""
        answer = api.send(method, path, **options)
        self.note(what, answer)
        return answer


def signer(caller: Caller, username: str) -> None:
    """Sign in with a password and look at the own home."""
    api = Api(caller.ground.stack.url)
    body = {"username": username, "password": PASSWORD}
    answer = caller.sent("sign in", api, "POST", "/sessions", json=body)
    if answer.status_code == 201:
        caller.sent("home", caller.api(answer.json()["token"]), "GET", "/me/home")


def reader(caller: Caller, activities: list[str]) -> Iterator[float]:
    """Read pages and lists as a member, register and cancel; now and then print the card or send a photo."""
    token = caller.chance.choice(caller.tokens)
    api = caller.api(token)
    for path in caller.chance.sample(PAGES, 3):
        page = requests.get(f"{api.url}{path}", cookies={"gonghui_session": token}, timeout=60)
        caller.note("page", page)
        yield 0.2
    for path in caller.chance.sample(QUERIES, 2):
        caller.sent("query", api, "GET", path)
    path = f"/activities/{caller.chance.choice(activities)}/registrations"
    caller.sent("register", api, "POST", path)
    yield 0.5
    if caller.chance.random() < 0.5:
        caller.sent("cancel", api, "DELETE", path)
    if caller.chance.random() < 0.05:
        caller.sent("print the card", api, "GET", "/me/card.pdf")
    if caller.chance.random() < 0.02:
        member = api.get("/me")["member_id"]
        caller.sent("consent", api, "POST", "/me/consents", json={"purpose": "photo", "version": "2026-01"})
        photo = {"file": ("me.jpg", picture(*PHONE_PICTURE), "image/jpeg")}
        caller.sent("photo", api, "PUT", f"/membership/members/{member}/photo", files=photo)
    yield 0.5


def clerk(caller: Caller) -> Iterator[float]:
    """Search, import a roster, take the member list as a file, read lists as an officer; make a visit as a chair."""
    officer = Api(caller.ground.stack.url).sign_in("officer")
    for query in ("王", "zhang", "lw", "李伟"):
        caller.sent("search", officer, "GET", "/membership/members", params={"q": query, "limit": 50})
        yield 1
    yield from _import(caller, officer)
    body = {"purpose": "会员名册核对", "kind": "xlsx", "headings": {"name": "姓名"}, "words": {}}
    caller.sent("export", officer, "POST", "/membership/members/export-file", json=body)
    yield 10
    yield from _visit(caller)
    for path in ("/membership/members?limit=100", "/governance/funds/entries?limit=100", "/welfare/visits?limit=100"):
        caller.sent("list", officer, "GET", path)
        yield 1
    yield 20


def _import(caller: Caller, officer: Api) -> Iterator[float]:
    first = next(_rosters) * ROSTER_ROWS
    rows = [rosters.person(first + place) for place in range(ROSTER_ROWS)]
    found = rosters.checked(officer, rosters.uploaded(officer, rows))
    yield 1
    rosters.started(officer, found)
    rosters.imported(officer, found)
    caller.sent("import", officer, "GET", f"/membership/imports/{found['id']}")
    yield 5


def _visit(caller: Caller) -> Iterator[float]:
    chair = Api(caller.ground.stack.url).sign_in("chair")
    mine = chair.get("/me")
    unit = next(grant["unit_id"] for grant in mine["roles"] if grant["role"] == "chair")
    rows = chair.get("/membership/members", unit_id=unit, limit=100)["items"]
    member = caller.chance.choice([row["id"] for row in rows if row["id"] != mine["member_id"]])
    today = datetime.now(UTC).date().isoformat()
    report = {"member_id": member, "occasion": "hospitalisation", "happened_on": today}
    answer = caller.sent("report an illness", chair, "POST", "/welfare/life-events", json=report)
    yield 2
    if answer.status_code == 201:
        evidence = [{"kind": "note", "text": "已看望"}, {"kind": "signature", "text": "本人签收"}]
        body = {"visited_on": today, "evidence": evidence, "amount": "200.00", "form": "goods"}
        caller.sent("visit", chair, "POST", f"/welfare/visits/{answer.json()['visit_id']}/complete", json=body)
