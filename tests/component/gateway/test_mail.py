"""E-mail of notices: over a real server with TLS, private outside of the portal, sent once, and nothing lost."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale

from gateway.notices import claiming, delivery, mail, preferences, wording
from gateway.notices.tables import Notice, NoticeDelivery, NoticeSettings, NoticeStop
from gateway.notices.unsubscribing import token_of, unsubscribe
from gateway.subject import NewsKind, NoticeText
from gateway.subjects import SUBJECTS
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.identifiers import lowest_id, uuid7
from services.chassis.process import settings as settings_module
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Principal
from services.contracts.activities.registration.events import RegistrationConfirmed
from services.contracts.membership.card import CardsRevoked
from services.contracts.membership.dues.events import DuesReminded
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import schedule
from tests.support.mail_server import MailServer
from tests.unit.gateway.conftest import Person

PORTAL = "https://union.example.edu.cn"
SignIn = Callable[..., Person]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    found = MailServer(tmp_path_factory.mktemp("mail"))
    yield found
    found.stop()


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@pytest.fixture(autouse=True)
def offered(surroundings: None, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.forget()
    use(monkeypatch, server.url, server.certificate)


def use(monkeypatch: pytest.MonkeyPatch, url: str, certificate: Path) -> None:
    values = {"SMTP_URL": url, "MAIL_FROM": "校工会 <union@example.edu.cn>", "PUBLIC_URL": PORTAL}
    for name, value in values.items():
        monkeypatch.setenv(f"GONGHUI_{name}", value)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings_module.reset()


def reach(database: Database, person: Person, email: str = "wang@example.edu.cn", **settings: Any) -> UUID:
    """Give somebody a confirmed address; return the member."""
    with database.session() as session:
        confirmed_at = clock.now() - timedelta(days=2)
        row = {"email": email, "confirmed_at": confirmed_at, "code_tries": 0, "version": 1, **settings}
        session.add(NoticeSettings(account_id=person.account_id, **row))
    assert person.member_id is not None
    return person.member_id


def rows(database: Database) -> list[NoticeDelivery]:
    with database.session() as session:
        return list(session.scalars(sa.select(NoticeDelivery).order_by(NoticeDelivery.id)))


def change(database: Database, **values: Any) -> None:
    with database.session() as session:
        session.execute(sa.update(NoticeDelivery).values(**values))


@pytest.mark.databases("postgresql", "sqlite")
def test_a_private_notice_says_only_that_there_is_one(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    person = sign_in("member")
    gateway.hear(DuesReminded, member_id=reach(database, person))
    assert delivery.deliver_mail(app, database, mail.send) == 1
    (message,) = server.received()
    (row,) = rows(database)
    assert (row.state, row.attempts, row.reason) == ("sent", 1, None)
    assert message["Message-ID"] == f"<{row.id}@union.example.edu.cn>"
    assert message["To"] == "wang@example.edu.cn"
    assert message["Subject"] == "您有一条新的消息"
    text = message.get_content()
    assert f"{PORTAL}/messages" in text
    assert "会费" not in message["Subject"] + text
    assert message["List-Unsubscribe"] == f"<{PORTAL}/unsubscribe/{token_of(person.account_id, 'dues_reminded')}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert delivery.deliver_mail(app, database, mail.send) == 0


def test_a_public_kind_names_its_activity_in_the_language_of_the_account(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    activity = schedule(gateway)
    for language in (None, "en"):
        person = sign_in("member")
        with database.session() as session:
            session.execute(
                sa.text("UPDATE account SET language = :it WHERE id = :id"), {"it": language, "id": person.account_id}
            )
        member = reach(database, person)
        gateway.hear(RegistrationConfirmed, activity_id=activity, member_id=member, registration_id=uuid7())
    delivery.deliver_mail(app, database, mail.send)
    first, second = sorted(str(message["Subject"]) for message in server.received())
    assert first.startswith("You are registered: ")
    assert second.startswith("报名成功：")


@pytest.mark.parametrize("kind", ["incomplete", "of_a_newer_release"])
def test_a_text_with_a_missing_value_says_the_general_sentence(
    app: Flask, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = NoticeText("“%(nothing)s”已公布。", private=False)
    monkeypatch.setitem(SUBJECTS.notices, "incomplete", NewsKind("新的活动", "bell", "messages", notice=text))  # type: ignore[index]
    notice = {"id": uuid7(), "kind": kind, "subject_id": uuid7(), "params": {"title": "春游"}}
    with app.app_context(), force_locale("zh"):
        told = wording.outside([notice])[str(notice["id"])]
    assert (told.heading, told.about, told.path) == ("您有一条新的消息", "", "/messages")


def test_what_nobody_wants_is_not_queued_and_unsubscribing_needs_no_sign_in(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn
) -> None:
    person = sign_in("member")
    member, http = reach(database, person), app.test_client()
    address = f"/unsubscribe/{token_of(person.account_id, 'dues_reminded')}"
    assert http.get(address).status_code == 200
    gateway.hear(DuesReminded, member_id=member)
    assert [row.kind for row in rows(database)] == ["dues_reminded"]
    done = http.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (done.status_code, "缴纳会费" in done.text) == (200, True)
    assert http.post(address[:-2]).status_code == 404
    gateway.hear(DuesReminded, 2, member_id=member)
    gateway.hear(CardsRevoked, member_id=member)
    assert [row.kind for row in rows(database)] == ["dues_reminded", "cards_revoked"]
    delivery.deliver_mail(app, database, mail.send)
    assert [(row.state, row.reason) for row in rows(database)] == [("withheld", "unsubscribed"), ("sent", None)]


def test_a_digest_is_one_message_at_its_hour(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    member = reach(database, sign_in("member"), digest_hour=(clock.now() + timedelta(hours=10)).hour % 24)
    for event in (DuesReminded, CardsRevoked):
        gateway.hear(event, member_id=member)
    assert delivery.deliver_mail(app, database, mail.send) == 0
    change(database, next_at=clock.now())
    assert delivery.deliver_mail(app, database, mail.send) == 2
    (message,) = server.received()
    assert message["Subject"] == "今天有 2 条工会通知"
    assert "会费" not in message.get_content()
    assert {row.state for row in rows(database)} == {"sent"}


def test_a_digest_is_ended_by_its_own_address_without_signing_in(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    member = reach(database, sign_in("member"), digest_hour=(clock.now() + timedelta(hours=10)).hour % 24)
    gateway.hear(DuesReminded, member_id=member)
    change(database, next_at=clock.now())
    delivery.deliver_mail(app, database, mail.send)
    (message,) = server.received()
    address = message["List-Unsubscribe"].strip("<>").removeprefix(PORTAL)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert PORTAL + address in message.get_content()
    http = app.test_client()
    assert "每日汇总" in http.get(address).text
    with database.session() as session:
        assert session.scalars(sa.select(NoticeSettings.stopped_at)).all() == [None]
    for _ in range(2):
        assert http.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    gateway.hear(CardsRevoked, member_id=member)
    assert len(rows(database)) == 1


def test_quiet_hours_hold_a_notice_and_who_read_it_meanwhile_gets_no_mail(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    member = reach(database, sign_in("member"), quiet_from=0, quiet_to=24 * 60 - 1)
    gateway.hear(DuesReminded, member_id=member)
    (row,) = rows(database)
    assert row.next_at > clock.now() or clock.now().astimezone(clock.SHANGHAI).strftime("%H:%M") == "23:59"
    change(database, next_at=clock.now())
    with database.session() as session:
        session.execute(sa.update(Notice).values(read_at=clock.now()))
    delivery.deliver_mail(app, database, mail.send)
    assert (rows(database)[0].reason, server.received()) == ("read_in_portal", [])


def test_an_officers_stop_withholds_what_comes_and_what_waits(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    member, other = reach(database, sign_in("member")), reach(database, sign_in("member"))
    gateway.hear(CardsRevoked, member_id=member)
    with database.session() as session:
        for what in ({"member_id": member}, {"kind": "dues_reminded"}):
            session.add(NoticeStop(**what, reason="退信过多", created_at=clock.now(), created_by="test"))
    gateway.hear(CardsRevoked, 2, member_id=member)
    gateway.hear(DuesReminded, member_id=other)
    delivery.deliver_mail(app, database, mail.send)
    assert [(row.state, row.reason) for row in rows(database)] == [("withheld", "stopped_by_officer")] * 3
    assert server.received() == []


def test_refused_for_good_fails_and_refused_for_now_is_tried_again(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    for address in ("gone@example.edu.cn", "later@example.edu.cn", "li@example.edu.cn"):
        gateway.hear(DuesReminded, member_id=reach(database, sign_in("member"), address))
    delivery.deliver_mail(app, database, mail.send)
    gone, later, fine = rows(database)
    assert (gone.state, gone.reason, gone.answer) == ("failed", "recipient_refused", "550")
    assert (later.state, later.reason, later.answer) == ("queued", "recipient_refused", "451")
    assert later.next_at > clock.now()
    assert fine.state == "sent"
    change(database, attempts=99, next_at=clock.now())
    delivery.deliver_mail(app, database, mail.send)
    assert [row.state for row in rows(database)] == ["failed", "failed", "sent"]


def test_no_address_is_folded_and_everything_is_ascii(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    gateway.hear(CardsRevoked, member_id=reach(database, sign_in("member")))
    delivery.deliver_mail(app, database, mail.send)
    (source,) = server.sources()
    assert source.isascii()
    (line,) = [line for line in source.splitlines() if line.startswith("List-Unsubscribe:")]
    assert line.startswith(f"List-Unsubscribe: <{PORTAL}/unsubscribe/")
    assert line.endswith(">")


@pytest.mark.parametrize(
    "subject",
    [
        "二〇二六年 " + "a" * 70 + " 春游", "Activity @ " + "a" * 70 + " (#10) 春游 — Activity", "a" * 70 + " Spring",
        "春游" * 60, "二胎\N{FAMILY}亲子 Fun Run",
    ],
)  # fmt: skip
def test_a_subject_arrives_as_it_was_written(server: MailServer, subject: str) -> None:
    assert mail.send([mail.Mail("one", "wang@example.edu.cn", subject, "text")])["one"].sent
    (message,) = server.received()
    assert message["Subject"] == subject
    assert all(len(line) <= 78 for line in server.sources()[0].splitlines() if "=?" in line)


def test_a_server_that_closes_the_connection_is_no_refusal_of_the_recipient(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    gateway.hear(DuesReminded, member_id=reach(database, sign_in("member"), "closing@example.edu.cn"))
    for _ in range(20):
        change(database, next_at=clock.now())
        delivery.deliver_mail(app, database, mail.send)
    (row,) = rows(database)
    assert (row.state, row.answer, row.attempts) == ("queued", "421", 20)


def test_a_first_refusal_after_a_long_outage_is_tried_again(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    gateway.hear(DuesReminded, member_id=reach(database, sign_in("member"), "later@example.edu.cn"))
    change(database, attempts=30, reason="unreachable")
    delivery.deliver_mail(app, database, mail.send)
    (row,) = rows(database)
    assert (row.state, row.reason, row.answer) == ("queued", "recipient_refused", "451")


def test_what_is_late_is_not_sent_in_quiet_hours(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    member = reach(database, sign_in("member"))
    gateway.hear(DuesReminded, member_id=member)
    minute = clock.now().astimezone(clock.SHANGHAI)
    now = minute.hour * 60 + minute.minute
    with database.session() as session:
        quiet = {"quiet_from": (now - 60) % 1440, "quiet_to": (now + 60) % 1440}
        session.execute(sa.update(NoticeSettings).values(**quiet))
    change(database, attempts=2, reason="unreachable")
    assert delivery.deliver_mail(app, database, mail.send) == 1
    (row,) = rows(database)
    assert (row.state, row.attempts, row.reason, server.received()) == ("queued", 2, "unreachable", [])
    assert row.next_at > clock.now() + timedelta(minutes=30)
    assert not delivery.is_due(database, ("email",))


def test_the_log_forgets_what_ended_long_ago_and_keeps_what_waits(
    gateway: GatewayHarness, database: Database, sign_in: SignIn
) -> None:
    member, old = reach(database, sign_in("member")), clock.now() - timedelta(days=500)
    for sequence in range(1, 4):
        gateway.hear(DuesReminded, sequence, member_id=member)
    new_ids = (lowest_id(old), UUID(int=lowest_id(old).int + 1), uuid7())
    for row, new_id, state in zip(rows(database), new_ids, ("sent", "queued", "sent"), strict=True):
        with database.session() as session:
            mine = sa.update(NoticeDelivery).where(NoticeDelivery.id == row.id)
            session.execute(mine.values(id=new_id, state=state))
    gateway.run_timer("forget_old_deliveries")
    assert sorted(row.state for row in rows(database)) == ["queued", "sent"]


def test_nothing_is_lost_while_the_server_is_away(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        use(monkeypatch, f"smtp://localhost:{free.getsockname()[1]}", server.certificate)
        gateway.hear(DuesReminded, member_id=reach(database, sign_in("member")))
        for _ in range(20):
            change(database, next_at=clock.now())
            assert delivery.deliver_mail(app, database, mail.send) == 1
    (row,) = rows(database)
    assert (row.state, row.reason, row.attempts) == ("queued", "unreachable", 20)
    use(monkeypatch, server.url, server.certificate)
    change(database, next_at=clock.now())
    delivery.deliver_mail(app, database, mail.send)
    assert (rows(database)[0].state, len(server.received())) == ("sent", 1)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", "timed_out"),
        (b"220 hello\r\n250 no extensions\r\n" * 2, "tls_missing"),
        (b"\x00\xffnonsense\r\n" * 3, "answer_invalid"),
        (b"220-" + b"x" * 9000, "answer_invalid"),
        (None, "connection_lost"),
    ],
    ids=["silent", "without tls", "garbage", "endless line", "hangs up"],
)
def test_a_strange_server_gives_a_reason_and_ends_in_time(
    said: bytes | None, reason: str, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = eventlet.listen(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listening.accept()
        if said is not None:
            connection.sendall(said)
            eventlet.sleep(30)
        connection.close()

    talking = eventlet.spawn(talk)
    use(monkeypatch, f"smtp://localhost:{listening.getsockname()[1]}", server.certificate)
    outcome = mail.send([mail.Mail("one", "wang@example.edu.cn", "subject", "text")], deadline=2.0)["one"]
    talking.kill()
    assert (outcome.sent, outcome.reason, outcome.final) == (False, reason, False)


def test_a_certificate_nobody_vouches_for_gets_no_mail(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    import certifi

    use(monkeypatch, server.url, Path(certifi.where()))
    outcome = mail.send([mail.Mail("one", "wang@example.edu.cn", "subject", "text")])["one"]
    assert (outcome.reason, server.received()) == ("tls_failed", [])


def test_two_replicas_never_send_the_same_notice(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn
) -> None:
    member = reach(database, sign_in("member"))
    for sequence in range(1, 151):
        gateway.hear(DuesReminded, sequence, member_id=member)
    sent: list[str] = []

    def send(mails: list[mail.Mail]) -> dict[str, mail.Outcome]:
        eventlet.sleep(0.05)
        sent.extend(one.id for one in mails)
        return {one.id: mail.Outcome(sent=True) for one in mails}

    def replica() -> None:
        while delivery.is_due(database, ("email",)):
            delivery.deliver_mail(app, database, send)

    for thread in [eventlet.spawn(replica) for _ in range(3)]:
        thread.wait()
    assert (len(sent), len(set(sent))) == (150, 150)
    assert {row.state for row in rows(database)} == {"sent"}


@pytest.mark.databases("postgresql")
def test_two_replicas_send_one_digest(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = reach(database, sign_in("member"), digest_hour=(clock.now() + timedelta(hours=10)).hour % 24)
    for sequence in range(1, 7):
        gateway.hear(DuesReminded, sequence, member_id=member)
    change(database, next_at=clock.now())
    monkeypatch.setattr(delivery, "AT_ONCE", 2)
    sizes: list[int] = []

    def send(mails: list[mail.Mail]) -> dict[str, mail.Outcome]:
        sizes.append(len(mails))
        return {one.id: mail.Outcome(sent=True) for one in mails}

    locked, overtaken = claiming._locked, []

    def lock_and_be_overtaken(tx: Transaction, statement: Any) -> Any:
        found = locked(tx, statement)
        if not overtaken:
            overtaken.append(True)
            eventlet.spawn(delivery.deliver_mail, app, database, send).wait()
        return found

    monkeypatch.setattr(claiming, "_locked", lock_and_be_overtaken)
    delivery.deliver_mail(app, database, send)
    assert sizes == [1]
    assert [row.state for row in rows(database)] == ["sent"] * 6


def test_messages_that_a_slow_server_was_not_asked_to_take_wait_for_nothing(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn, server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for _ in range(4):
        gateway.hear(DuesReminded, member_id=reach(database, sign_in("member")))
    send_one, sent = mail._send_one, []

    def second_hangs(connection: Any, message: mail.Mail) -> mail.Outcome:
        sent.append(message.id)
        if len(sent) == 2:
            eventlet.sleep(60)
        return send_one(connection, message)

    monkeypatch.setattr(mail, "_send_one", second_hangs)
    delivery.deliver_mail(app, database, partial(mail.send, deadline=3.0))
    states = {str(row.id): (row.state, row.attempts, row.reason) for row in rows(database)}
    assert states.pop(sent[0]) == ("sent", 1, None)
    assert states.pop(sent[1]) == ("queued", 1, "timed_out")
    assert list(states.values()) == [("queued", 0, None)] * 2
    assert delivery.deliver_mail(app, database, mail.send) == 2
    assert len(server.received()) == 3


def test_what_a_replica_had_in_hand_when_it_died_is_sent_with_the_same_message_id(
    gateway: GatewayHarness, database: Database, app: Flask, sign_in: SignIn
) -> None:
    gateway.hear(DuesReminded, member_id=reach(database, sign_in("member")))
    seen: list[str] = []

    def dies(mails: list[mail.Mail]) -> dict[str, mail.Outcome]:
        seen.extend(one.id for one in mails)
        raise SystemExit

    with pytest.raises(SystemExit):
        delivery.deliver_mail(app, database, dies)
    assert delivery.deliver_mail(app, database, mail.send) == 0
    change(database, next_at=clock.now())

    def lives(mails: list[mail.Mail]) -> dict[str, mail.Outcome]:
        seen.extend(one.id for one in mails)
        return {one.id: mail.Outcome(sent=True) for one in mails}

    delivery.deliver_mail(app, database, lives)
    assert seen == [str(rows(database)[0].id)] * 2
    assert rows(database)[0].state == "sent"


def test_an_address_is_used_once_its_code_is_entered(
    database: Database, app: Flask, sign_in: SignIn, server: MailServer
) -> None:
    person, http = sign_in("member"), app.test_client()

    def ask(method: str, path: str, **body: Any) -> Any:
        return http.open(f"/api/v1/me/notice-settings{path}", method=method, json=body, headers=person.headers)

    assert ask("PUT", "/email", email="no address").status_code == 422
    assert ask("PUT", "/email", email="gone@example.edu.cn").json["rule"] == "notices.address_takes_mail"
    assert ask("PUT", "/email", email="wang@example.edu.cn").json["waits_for_code"] is True
    (message,) = server.received()
    code = next(word for word in message.get_content().split("，")[0].split() if word.isdigit())
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert ask("POST", "/email/confirm", code=wrong).json["rule"] == "notices.code_is_right"
    settings = ask("POST", "/email/confirm", code=code).json
    assert (settings["email"], settings["waits_for_code"]) == ("wang@example.edu.cn", False)
    told = http.get("/api/v1/me/notices", headers=person.headers).json["items"]
    assert [one["kind"] for one in told] == ["notice_address_set"]
    half = ask("PUT", "", quiet_from="22:00").json
    assert half["errors"]["quiet_to"]
    chosen = ask("PUT", "", quiet_from="22:00", quiet_to="07:00", digest_hour=8, off=["dues_reminded"]).json
    assert (chosen["quiet_from"], chosen["digest_hour"], chosen["off"]) == ("22:00", 8, ["dues_reminded"])
    ask("PUT", "/email", email="li@example.edu.cn")
    for _ in range(5):
        ask("POST", "/email/confirm", code=wrong)
    late = server.received()[-1].get_content().split("，")[0].split()
    right = next(word for word in late if word.isdigit())
    assert ask("POST", "/email/confirm", code=right).json["rule"] == "notices.code_is_valid"
    assert ask("DELETE", "/email").json["email"] is None


def test_a_code_confirms_the_address_it_was_sent_to_and_no_other(
    app: Flask, database: Database, sign_in: SignIn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, http = sign_in("member"), app.test_client()

    def ask(method: str, path: str, **body: Any) -> Any:
        return http.open(f"/api/v1/me/notice-settings{path}", method=method, json=body, headers=person.headers)

    ask("PUT", "/email", email="wang@example.edu.cn")
    code = next(word for word in server.received()[-1].get_content().split("，")[0].split() if word.isdigit())
    look = preferences.check_code

    def look_and_be_overtaken(payload: dict[str, Any]) -> None:
        look(payload)
        preferences.set_email({"email": "rector@example.edu.cn"})

    monkeypatch.setattr(preferences, "check_code", look_and_be_overtaken)
    assert ask("POST", "/email/confirm", code=code).json["rule"] == "notices.code_is_right"
    with database.session() as session:
        assert session.scalars(sa.select(NoticeSettings.confirmed_at)).all() == [None]


@pytest.mark.databases("postgresql")
def test_choosing_and_unsubscribing_at_the_same_moment_both_hold(
    app: Flask, database: Database, sign_in: SignIn
) -> None:
    person = sign_in("member")
    context = CallContext(Principal(kind="account", account_id=person.account_id))
    request = {
        "quiet_from": None,
        "quiet_to": None,
        "digest_hour": None,
        "stopped": False,
        "version": None,
        "off": ["dues_reminded"],
    }
    with transaction(database) as link:
        unsubscribe(link, token_of(person.account_id, "dues_reminded"))
        link.session.flush()

        def choose() -> dict[str, Any]:
            with app.app_context(), transaction(database, context) as tx:
                return preferences.change_settings(tx, request)

        choosing = eventlet.spawn(choose)
        eventlet.sleep(0.5)
    assert choosing.wait()["off"] == ["dues_reminded"]
