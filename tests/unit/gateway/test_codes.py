"""What a scan is: the issuer is asked by the kind in the code, and every other text is answered clearly."""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.chassis import clock
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from tests.support.code_pictures import code_picture, several_codes
from tests.unit.gateway.conftest import FakeClient, Person
from tests.unit.gateway.sign_on.walking import form_token

CARD = "card." + "A" * 51
FORMER = "B" * 46
NOTHING = {"subject_id": None, "name": None, "number": None, "unit_id": None, "expires_at": None}
READ = "/api/v1/codes/read"


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


def answers(services: FakeClient, state: str, **told: Any) -> None:
    whole = {"state": state, **NOTHING, **told, "checked_at": clock.now().isoformat()}
    services.answers["membership.read_card"] = whole


def tokens_asked(services: FakeClient) -> list[str]:
    return [asked.payload["token"] for asked in services.asked if asked.operation == "membership.read_card"]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        (CARD, CARD),
        (FORMER, FORMER),
        (f"https://union.example.edu.cn/verify/{CARD}", CARD),
        (f"HTTPS://UNION.EXAMPLE.EDU.CN/verify/{CARD}/", CARD),
        (f"http://localhost/under/a/path/verify/{FORMER}", FORMER),
        (f"\u202e\u200f {CARD}\u2066\ufeff\r\n", CARD),
    ],
)
def test_the_issuer_is_asked_about_the_code_in_an_address_or_alone(
    http: FlaskClient, services: FakeClient, text: str, token: str
) -> None:
    answers(services, "good", name="王*")
    read = http.post(READ, json={"text": text}).get_json()
    assert (read["state"], read["kind"], read["name"], read["link"]) == ("good", "card", "王*", None)
    assert tokens_asked(services) == [token]


@pytest.mark.parametrize(
    "text",
    [
        "WIFI:T:WPA;S:campus;P:secret;;",
        "javascript:alert(document.domain)",
        f"javascript:alert(1)//verify/{CARD}",
        f"https://union.example/verify/{CARD}?next=javascript:alert(1)",
        f"https://user@union.example/verify/{CARD}",
        "https://elsewhere.example/pay?to=1",
        "BEGIN:VCARD\nN:王\nEND:VCARD",
        "gift." + "A" * 51,
        "会员卡" * 20,
        "<script>alert(1)</script>",
        "x" * 4096,
    ],
)
def test_any_other_text_belongs_to_others_and_nobody_is_asked(
    http: FlaskClient, services: FakeClient, sign_in: Callable[..., Person], text: str
) -> None:
    read = http.post(READ, json={"text": text}, headers=sign_in().headers).get_json()
    assert {**read, "checked_at": None} == {
        "state": "foreign", **NOTHING, "checked_at": None, "kind": None, "link": None,
    }  # fmt: skip
    assert services.asked == []


@pytest.mark.parametrize("text", ["x" * 4097, "", "a\x00b", "\u200f\u202e"])
def test_what_is_too_long_empty_or_not_to_be_stored_is_refused(http: FlaskClient, text: str) -> None:
    assert http.post(READ, json={"text": text}).status_code in (400, 422)


def test_a_code_that_does_not_fit_and_leads_elsewhere_is_of_another_union(
    http: FlaskClient, services: FakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", "https://union.example.edu.cn")
    settings_module.reset()
    for state in ("altered", "unverifiable"):
        answers(services, state)
        for host, told in (("other.example", "foreign"), ("union.example.edu.cn", state), ("localhost", state)):
            read = http.post(READ, json={"text": f"https://{host}/verify/{FORMER}"}).get_json()
            assert read["state"] == told
    answers(services, "good", name="王*")
    # The address changed since the card was printed; the signature is what counts.
    assert http.post(READ, json={"text": f"https://old.example/verify/{FORMER}"}).get_json()["state"] == "good"


def test_a_kind_that_nobody_issues_can_not_be_wanted(http: FlaskClient) -> None:
    answer = http.post(READ, json={"text": CARD, "wanted": "tombola"})
    assert answer.status_code == 422
    assert answer.get_json()["input_errors"][0]["code"] == "input.not_a_choice"


def test_who_may_open_the_record_gets_its_address(
    http: FlaskClient, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    member_id = str(uuid7())
    answers(services, "good", name="王小明", number="M000001", subject_id=member_id)
    officer = sign_in("officer")
    read = http.post(READ, json={"text": CARD}, headers=officer.headers).get_json()
    assert read["link"] == f"/api/v1/membership/members/{member_id}"
    assert services.asked[-1].context.principal.account_id == officer.account_id


def test_the_public_page_asks_as_nobody(
    http: FlaskClient, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    answers(services, "good", name="王*")
    http.set_cookie("gonghui_session", sign_in("officer").token)
    page = http.get(f"/verify/{CARD}")
    assert page.status_code == 200
    assert "会籍有效" in page.text
    assert services.asked[0].context.principal.kind == "anonymous"
    answers(services, "unverifiable")
    page = http.get(f"/verify/{CARD}")
    assert page.status_code == 404
    assert "无法验证" in page.text


def test_scans_and_photos_have_limits_of_their_own(
    http: FlaskClient, services: FakeClient, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(services, "good", name="王*")
    monkeypatch.setattr("gateway.subjects.own.codes.pages.SCANS", "3/minute")
    http.set_cookie("gonghui_session", sign_in().token)
    form = {"text": CARD, "csrf_token": form_token(http, "/scan")}
    statuses = [http.post("/scan", data=form, headers={"HX-Request": "true"}) for _ in range(5)]
    assert [answer.status_code for answer in statuses] == [200, 200, 200, 429, 429]
    assert int(statuses[-1].headers["Retry-After"]) > 0
    assert "<html" not in statuses[0].text
    assert 'data-scan-state="good"' in statuses[0].text


def test_a_photo_with_one_code_of_ours_is_read(
    http: FlaskClient, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    answers(services, "good", name="王*")
    person = sign_in()
    one = several_codes(f"https://union.example/verify/{CARD}", "WIFI:T:WPA;S:a;P:b;;", "https://elsewhere.example")
    told = _sent(http, person, one).get_json()
    assert (told["state"], tokens_asked(services)) == ("good", [CARD])
    in_parts = {"file": (BytesIO(one), "card.png")}
    assert http.post(f"{READ}-photo", data=in_parts, headers=person.headers).get_json()["state"] == "good"
    assert _sent(http, person, code_picture("hello")).get_json()["state"] == "foreign"
    assert http.post(f"{READ}-photo", json={}).status_code == 401


def test_a_photo_without_or_with_several_codes_of_ours_is_refused(
    http: FlaskClient, sign_in: Callable[..., Person]
) -> None:
    person = sign_in()
    for content, rule in (
        (several_codes(CARD, FORMER, "hello"), "codes.photo_has_one_code"),
        (several_codes(), "codes.photo_has_a_code"),
        (b"no photo at all", "codes.photo_is_readable"),
    ):
        refused = _sent(http, person, content)
        assert (refused.status_code, refused.get_json()["rule"]) == (409, rule)


def test_a_page_without_scripts_takes_photo_and_text(
    http: FlaskClient, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    answers(services, "expired", expires_at=clock.now().isoformat())
    http.set_cookie("gonghui_session", sign_in().token)
    token = form_token(http, "/scan")
    page = http.post("/scan", data={"csrf_token": token, "photo": (BytesIO(code_picture(CARD)), "a.png")})
    assert (page.status_code, "<html" in page.text, "已过期" in page.text) == (200, True, True)
    assert "请对方重新打开页面" in page.text
    bad = http.post("/scan", data={"csrf_token": token, "photo": (BytesIO(b"nothing"), "a.png")})
    assert (bad.status_code, "照片打不开" in bad.text) == (409, True)
    assert http.post("/scan", data={"csrf_token": token, "text": "\u200b"}).status_code == 200
    assert http.post("/scan", data={"csrf_token": token, "text": "a\x00b"}).status_code == 422


def test_a_member_does_not_reach_the_scanner_of_the_console(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    http.set_cookie("gonghui_session", sign_in().token)
    assert http.get("/console/scan").status_code == 403
    assert http.get("/scan?wanted=card").status_code == 200
    assert http.get("/scan?wanted=nothing").status_code == 200


def _sent(http: FlaskClient, person: Person, content: bytes) -> Any:
    body = {"name": "a.png", "media_type": "image/png", "content": base64.b64encode(content).decode()}
    return http.post(f"{READ}-photo", json=body, headers=person.headers)
