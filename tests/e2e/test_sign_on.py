"""Signing on by the campus's identity providers, in a whole union: an independent OpenID provider, and CAS."""

from __future__ import annotations

import re
from typing import Any

import requests

from tests.e2e.test_founded_walks import codes
from tests.support.api import Api
from tests.support.authenticator import code_of
from tests.support.campus import Campus
from tests.support.stack import PASSWORD
from tests.support.waiting import ANSWER


class Browser:
    """Somebody at a browser, by HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.http.get(self.url + path, timeout=ANSWER)

    def begin(self, provider: str) -> str:
        reply = self.http.get(f"{self.url}/sign-on/{provider}", allow_redirects=False, timeout=ANSWER)
        assert reply.status_code == 302, reply.text[:500]
        return reply.headers["Location"]

    def sign_on(self, subject: str) -> requests.Response:
        """Go to the OpenID provider, confirm there, and come back."""
        return self.http.post(self.begin("campus"), data={"sub": subject}, timeout=ANSWER)

    def submit(self, page: str, path: str, **fields: str) -> requests.Response:
        """Fill in a form of a page and send it."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page).text)
        assert token is not None
        data = {"csrf_token": token[1], **fields}
        return self.http.post(self.url + path, data=data, headers={"Referer": self.url + page}, timeout=ANSWER)

    @property
    def me(self) -> Any:
        reply = self.get("/api/v1/me")
        return reply.json() if reply.ok else None


def somebody_without_account(officer: Api) -> dict[str, Any]:
    """A member of whom HR's number is known, and who has no account."""
    for holder in officer.all("/accounts", state="none"):
        record = officer.get(f"/membership/members/{holder['member_id']}")
        if record["hr_id"]:
            return {**holder, "hr_id": record["hr_id"]}
    raise AssertionError("everybody has an account")


def with_new_account(officer: Api, username: str, unit_id: str | None = None) -> str:
    """Open the account of a member who has none, and no post nor somebody's work, with a slip; return the member's id.

    No story uses it otherwise.
    """
    posted = {post["member_id"] for post in officer.all("/membership/posts")}
    posted |= {one["deputy_id"] for one in officer.all("/membership/delegations")}
    without = officer.all("/accounts", state="none", **({"unit_id": unit_id} if unit_id else {}))
    holder = next(one for one in without if one["member_id"] not in posted)
    printed = officer.send("POST", "/accounts/slips", json={"member_ids": [holder["member_id"]]})
    ((number, code),) = codes(printed.content)
    body = {"number": number, "code": code, "username": username, "password": "a-phrase-soon-forgotten"}
    Api(officer.url).post("/accounts", body, status=201)
    return str(holder["member_id"])


def test_a_member_signs_on_by_staff_number_and_out_again(union, campus: Campus, signed_in):
    member = somebody_without_account(signed_in("officer"))
    subject = f"oidc-{member['number']}"
    campus.knows(subject, employee_number=member["hr_id"])
    browser = Browser(union.url)
    came_back = browser.sign_on(subject)
    assert came_back.url.startswith(f"{union.url}/"), came_back.url
    assert browser.me["member_id"] == member["member_id"]
    session = browser.get("/api/v1/me/sessions").json()["items"][0]
    assert (session["provider"], session["current"]) == ("campus", True)
    assert [one["subject"] for one in browser.get("/api/v1/me/identities").json()["items"]] == [subject]
    out = browser.submit("/me/settings", "/sign-out")
    assert f"{campus.oidc}/oauth2/end_session" in out.text
    assert browser.me is None


def test_somebody_unknown_links_an_account_of_the_union(union, campus: Campus, signed_in):
    stranger = f"stranger-of-{union.port}"
    campus.knows(stranger, email="member@example.edu.cn", name="王新")
    browser = Browser(union.url)
    page = browser.sign_on(stranger)
    assert page.url == f"{union.url}/link-identity"
    assert browser.me is None
    browser.submit("/link-identity", "/link-identity", username="auditor", password=PASSWORD)
    assert browser.me["username"] == "auditor"
    again = Browser(union.url)
    again.sign_on(stranger)
    assert again.me["username"] == "auditor"
    (identity,) = again.get("/api/v1/me/identities").json()["items"]
    again.submit("/me/settings", f"/me/identities/{identity['id']}/unlink", password=PASSWORD)
    assert again.get("/api/v1/me/identities").json()["items"] == []


def test_cas_signs_on_and_ends_the_session(union, campus: Campus, signed_in):
    member = somebody_without_account(signed_in("officer"))
    browser = Browser(union.url)
    back = campus.cas.approve(browser.begin("cas"), member["number"], [("employeeNumber", member["hr_id"])])
    browser.http.get(back, timeout=ANSWER)
    assert browser.me["member_id"] == member["member_id"]
    ticket = back.partition("ticket=")[2]
    document = campus.cas.logout_request(ticket)
    sent = requests.post(f"{union.url}/sign-on/cas/return", data={"logoutRequest": document}, timeout=ANSWER)
    assert sent.status_code == 204
    assert browser.me is None


def test_a_forgotten_password_is_set_with_a_code(union, signed_in):
    officer = signed_in("officer")
    member_id = with_new_account(officer, "forgetful")
    made = officer.post(f"/accounts/{member_id}/password-code", status=201)
    assert made["username"] == "forgetful"
    new = "a-new-phrase-for-the-story"
    wrong = {"username": made["username"], "code": "AAAA-AAAA", "new": new}
    assert Api(union.url).post("/accounts/password", wrong, status=409)["rule"] == "password_code.fits"
    browser = Browser(union.url)
    page = browser.submit(
        "/forgot-password", "/forgot-password", username=made["username"], code=made["code"], new=new, again=new
    )
    assert page.url == f"{union.url}/sign-in"
    owner = Api(union.url).sign_in(made["username"], new)
    kinds = [one["kind"] for one in owner.get("/me/notices")["items"][:2]]
    assert kinds == ["password_set_by_code", "password_code_made"]
    Api(union.url).post("/accounts/password", {**wrong, "code": made["code"]}, status=409)


def test_a_second_factor_is_set_up_asked_for_and_reset(union, signed_in):
    officer = signed_in("officer")
    username = f"careful-{union.port}"
    with_new_account(officer, username)
    phrase = "a-phrase-soon-forgotten"
    owner = Api(union.url).sign_in(username, phrase)
    secret = owner.post("/me/second-factor/totp", {})["secret"]
    code = code_of(secret)
    recovery = owner.post("/me/second-factor/totp/confirm", {"code": code})["recovery_codes"]

    def first_step() -> str:
        body = {"username": username, "password": phrase}
        told = Api(union.url).post("/sessions", body, status=401)
        assert told["rule"] == "second_factor.is_given"
        return str(told["params"]["attempt"])

    again = {"attempt": first_step(), "code": code}
    assert Api(union.url).post("/sessions/second-factor", again, status=401)["rule"] == "second_factor.matches"
    opened = Api(union.url).post("/sessions/second-factor", {**again, "code": recovery[0]}, status=201)
    assert opened["account_id"] == owner.get("/me")["account_id"]
    waiting = first_step()
    reset = {"username": username, "reason": "手机遗失，已核对工作证"}
    officer.post("/accounts/second-factor/reset", reset, status=204)
    over = Api(union.url).post("/sessions/second-factor", {"attempt": waiting, "code": recovery[1]}, status=409)
    assert over["rule"] == "second_factor.is_under_way"
    owner = Api(union.url).sign_in(username, phrase)
    assert owner.get("/me/second-factor")["since"] is None
    assert "second_factor_reset" in [one["kind"] for one in owner.get("/me/notices")["items"]]
