"""Forgotten passwords by e-mail: to the confirmed address, once, for half an hour, and no answer tells who exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity import password_mail
from gateway.identity.factors.codes import new_set
from gateway.identity.factors.tables import TotpFactor
from gateway.identity.tables import Account, KnownMember, PasswordMail
from gateway.notices import mail
from gateway.notices.mail import Mail, Outcome
from gateway.notices.tables import NoticeSettings, NoticeStop
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.process import settings as settings_module
from tests.component.gateway.test_mail import PORTAL, reach, use
from tests.support.mail_server import MailServer
from tests.unit.gateway.conftest import Person

NEW = "a-new-phrase-of-mine"
SignIn = Callable[..., Person]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    found = MailServer(tmp_path_factory.mktemp("mail"))
    yield found
    found.stop()


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(autouse=True)
def offered(surroundings: None, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.forget()
    use(monkeypatch, server.url, server.certificate)


def name_of(database: Database, person: Person) -> str:
    with database.session() as session:
        return session.get_one(Account, person.account_id).username


def asked(http: FlaskClient, username: str) -> Any:
    reply = http.post("/api/v1/accounts/password-mail", json={"username": username})
    return reply.status_code, reply.data, {name: reply.headers.get(name) for name in ("Content-Type", "Retry-After")}


def mailed(app: Flask, database: Database, server: MailServer) -> list[str]:
    """Send what is asked for; return the codes that arrived."""
    server.forget()
    password_mail.deliver(app, database, mail.send)
    return [re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", one.get_content())[0] for one in server.received()]


def used(http: FlaskClient, username: str, code: str, new: str = NEW) -> Any:
    return http.post("/api/v1/accounts/password", json={"username": username, "code": code, "new": new})


@pytest.mark.databases("postgresql", "sqlite")
def test_a_mailed_code_sets_the_password_once_and_ends_every_session(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    member = sign_in()
    reach(database, member)
    username = name_of(database, member)
    assert asked(http, f" {username.upper()} ")[0] == 202
    assert server.received() == []
    (code,) = mailed(app, database, server)
    (message,) = server.received()
    assert (message["To"], message["Subject"]) == ("wang@example.edu.cn", "工会门户改密码的一次性码")
    assert f"{PORTAL}/forgot-password" in message.get_content()
    assert username not in message.get_content()
    with database.engine.connect() as connection:
        stored = str(connection.execute(sa.text("SELECT * FROM password_mail")).one())
    assert username not in stored
    assert code.replace("-", "") not in stored
    assert used(http, username, code.lower()).status_code == 204
    assert http.get("/api/v1/me", headers=member.headers).status_code == 401
    assert http.post("/api/v1/sessions", json={"username": username, "password": NEW}).status_code == 201
    assert used(http, username, code, "another-phrase-of-mine").status_code == 409
    assert mailed(app, database, server) == []


def test_no_answer_tells_whether_there_is_an_account_or_an_address(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    reachable, without, closed, stopped, left = (sign_in() for _ in range(5))
    program = sign_in(member=False)
    for person in (reachable, closed, stopped, left):
        reach(database, person)
    with transaction(database) as tx:
        tx.session.get_one(Account, closed.account_id).disabled_at = tx.now
        tx.session.get_one(Account, program.account_id).program_role = "hr"
        tx.session.get_one(KnownMember, left.member_id).standing = "left"
        tx.session.add(NoticeSettings(account_id=program.account_id, email="x@example.edu.cn", confirmed_at=tx.now))
        stop = {"reason": "退信", "created_at": tx.now, "created_by": "test"}
        tx.session.add(NoticeStop(member_id=stopped.member_id, kind=None, **stop))
    names = [name_of(database, one) for one in (reachable, without, closed, stopped, left, program)]
    answers = [asked(http, name) for name in (*names, "nobody-of-this-name")]
    assert all(answer == answers[0] for answer in answers)
    assert len(mailed(app, database, server)) == 1
    with database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PasswordMail)) == 7
        assert session.scalar(sa.select(sa.func.count()).where(PasswordMail.next_at.is_not(None))) == 0


def test_an_unconfirmed_address_gets_nothing(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    member = sign_in()
    reach(database, member, new_email="other@example.edu.cn")
    with transaction(database) as tx:
        tx.session.execute(sa.update(NoticeSettings).values(confirmed_at=None))
    asked(http, name_of(database, member))
    assert mailed(app, database, server) == []


def test_an_address_that_was_confirmed_lately_gets_nothing_yet(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    member = sign_in()
    reach(database, member, confirmed_at=clock.now() - password_mail.SETTLED + timedelta(minutes=1))
    assert asked(http, name_of(database, member))[0] == 202
    assert mailed(app, database, server) == []


def test_a_code_is_good_for_half_an_hour_and_a_newer_one_ends_it(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    member = sign_in()
    reach(database, member)
    username = name_of(database, member)
    asked(http, username)
    (first,) = mailed(app, database, server)
    asked(http, username)
    (second,) = mailed(app, database, server)
    assert used(http, username, first).get_json()["rule"] == "password_code.fits"
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert used(http, username, second).get_json()["rule"] == "password_code.fits"
    assert used(http, username, second).status_code == 204


def test_three_in_an_hour_and_the_answer_stays_the_same(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    member = sign_in()
    reach(database, member)
    username = name_of(database, member)
    answers = [asked(http, username) for _ in range(6)]
    assert all(answer == answers[0] for answer in answers)
    assert len(mailed(app, database, server)) == 3
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        asked(http, username)
        assert len(mailed(app, database, server)) == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_no_more_than_three_are_taken_of_many_requests_at_once(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    member = sign_in()
    reach(database, member)
    name = name_of(database, member)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: asked(app.test_client(), name), range(8)))
    assert all(answer == answers[0] for answer in answers)
    with database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PasswordMail)) == password_mail.MOST_AN_HOUR


def test_a_new_password_ends_the_codes_of_both_ways_and_none_fits_another_account(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    officer, member, other = sign_in("officer"), sign_in(), sign_in()
    reach(database, member)
    handed = http.post(f"/api/v1/accounts/{member.member_id}/password-code", headers=officer.headers).get_json()["code"]
    asked(http, name_of(database, member))
    (code,) = mailed(app, database, server)
    assert used(http, name_of(database, other), code).status_code == 409
    assert used(http, name_of(database, member), handed).status_code == 204
    assert used(http, name_of(database, member), code).status_code == 409


def test_an_applicant_without_membership_gets_one_too(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    applicant = sign_in(member=False)
    with transaction(database) as tx:
        confirmed_at = tx.now - timedelta(days=2)
        settings = {"email": "new@example.edu.cn", "confirmed_at": confirmed_at}
        tx.session.add(NoticeSettings(account_id=applicant.account_id, **settings))
    asked(http, name_of(database, applicant))
    (code,) = mailed(app, database, server)
    assert used(http, name_of(database, applicant), code).status_code == 204


def test_the_second_factor_is_asked_for_afterwards(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, server: MailServer
) -> None:
    member = sign_in()
    reach(database, member)
    with transaction(database) as tx:
        tx.session.get_one(Account, member.account_id).second_factor_since = tx.now
        tx.session.add(
            TotpFactor(account_id=member.account_id, secret="A" * 32, started_at=tx.now, confirmed_at=tx.now)
        )
        new_set(tx, member.account_id)
    username = name_of(database, member)
    asked(http, username)
    (code,) = mailed(app, database, server)
    assert used(http, username, code).status_code == 204
    told = http.post("/api/v1/sessions", json={"username": username, "password": NEW}).get_json()
    assert told["rule"] == "second_factor.is_given"


@pytest.mark.databases("postgresql", "sqlite")
def test_several_replicas_send_each_request_once(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    for _ in range(6):
        member = sign_in()
        reach(database, member)
        asked(http, name_of(database, member))
    sent: list[str] = []

    def send(mails: list[Mail]) -> dict[str, Outcome]:
        sent.extend(one.id for one in mails)
        return {one.id: Outcome(sent=True) for one in mails}

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: password_mail.deliver(app, database, send), range(3)))
    assert len(sent) == len(set(sent)) == 6


def test_a_server_that_is_away_is_tried_again_with_a_new_code(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    member = sign_in()
    reach(database, member)
    username = name_of(database, member)
    asked(http, username)
    texts: list[str] = []

    def away(mails: list[Mail]) -> dict[str, Outcome]:
        texts.extend(one.text for one in mails)
        return {one.id: Outcome(reason="unreachable") for one in mails}

    begun = clock.now()
    for minute in range(10):
        with clock.frozen(begun + timedelta(minutes=2 * minute)):
            password_mail.deliver(app, database, away)
    assert len(texts) == len(set(texts)) == password_mail.MOST_ATTEMPTS
    with transaction(database) as tx:
        password_mail.forget_old(tx)
        assert tx.session.scalar(sa.select(sa.func.count()).select_from(PasswordMail)) == 1
    with clock.frozen(begun + timedelta(days=2)), transaction(database) as tx:
        password_mail.forget_old(tx)
        assert tx.session.scalar(sa.select(sa.func.count()).select_from(PasswordMail)) == 0


def test_nothing_is_offered_without_a_mail_server(http: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "发送一次性码" in http.get("/forgot-password").text
    monkeypatch.setenv("GONGHUI_SMTP_URL", "")
    settings_module.reset()
    assert "发送一次性码" not in http.get("/forgot-password").text
    refused = http.post("/api/v1/accounts/password-mail", json={"username": "wang"})
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "password_mail.is_offered")


def test_the_page_answers_alike_for_every_name(http: FlaskClient, database: Database, sign_in: SignIn) -> None:
    member = sign_in()
    reach(database, member)
    pages = []
    for username in (name_of(database, member), "nobody-of-this-name"):
        token = re.search(r'name="csrf_token" value="([^"]+)"', http.get("/forgot-password").text)
        assert token is not None
        form = {"csrf_token": token[1], "username": username}
        assert http.post("/forgot-password/mail", data=form).headers["Location"] == "/forgot-password"
        pages.append(re.sub(r'value="[^"]+"', "", http.get("/forgot-password").text))
    assert pages[0] == pages[1]
    assert "如果有这个账号" in pages[0]
