"""Sending e-mail over SMTP with TLS: several messages over one connection, each with its own outcome.

Everything that waits runs on green sockets within one deadline, so that a slow server holds up nothing else. Nothing
here knows a database.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from email import policy
from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from services.chassis import clock
from services.chassis.process import logs
from services.chassis.process.settings import settings
from services.chassis.rpc.deadline import within

DEADLINE = 20.0
"""Seconds for all messages of one connection; less than a container that is stopped waits (`GONGHUI_DRAIN_SECONDS`)."""
_SILENCE = 15.0
"""Seconds without a byte after which the connection is given up before."""
_GONE = 500
"""Replies from here on are final (RFC 5321, 4.2.1)."""
_CLOSING = 421
"""The reply of a server that closes the connection, whatever it was asked (RFC 5321, 3.8)."""

log = logs.get_logger(__name__)


@dataclass(frozen=True)
class Mail:
    """One message.

    Args:
        id: unique; makes the Message-ID, so that a message that is sent again has the same one.
        to: the address.
        subject: one line.
        text: the body.
        headers: further headers.
    """

    id: str
    to: str
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended.

    Args:
        sent: whether the server has taken the message.
        reason: a code, where it has not.
        answer: the status the server gave, never its text.
        final: whether another attempt is pointless.
        own: whether it is about this message alone, not the server as a whole.
        tried: whether it was begun; not, where messages before it took all the time, or the last of the connection.
    """

    sent: bool = False
    reason: str | None = None
    answer: str | None = None
    final: bool = False
    own: bool = False
    tried: bool = True


class _Unfolded(UnstructuredHeader, BaseHeader):
    """A header in one line: mail programs do not decode an address that folding encodes (RFC 2369, 2)."""

    def fold(self, *, policy: policy.Policy) -> str:
        """Return the header as it is written."""
        return f"{self.name}: {self}{policy.linesep}"


class _Encoded(_Unfolded):
    """A header encoded as a whole: where words in ASCII stand between others, `email` loses or doubles blanks."""

    def fold(self, *, policy: policy.Policy) -> str:
        """Return the header, in lines of at most 76 signs unless it is in ASCII."""
        if self.isascii():
            return super().fold(policy=policy)
        encoded = Header(str(self), "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {encoded}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Unfolded)
_HEADERS.map_to_type("subject", _Encoded)
_POLICY = policy.default.clone(header_factory=_HEADERS, cte_type="7bit")
"""Bodies in ASCII, because not every server takes 8 bits."""


def is_offered() -> bool:
    """Whether e-mail can be sent: server, sender and the portal's own address are set."""
    found = settings()
    return bool(found.smtp_url and found.mail_from and found.public_url)


def send(mails: Iterable[Mail], deadline: float = DEADLINE) -> dict[str, Outcome]:
    """Send messages and return the outcome of each by id. Never call it inside a transaction.

    A message of which the server's answer is not known has the outcome of a failed connection: it is sent again, with
    the same Message-ID.
    """
    wanted = list(mails)
    outcomes: dict[str, Outcome] = {}
    failure = Outcome(reason="timed_out")
    with within(deadline):
        failure = _send_all(wanted, outcomes)
    answered = len(outcomes)
    rest = replace(failure, tried=False) if answered else failure
    ends = [*outcomes.values(), *([failure] if answered < len(wanted) else []), *[rest] * (len(wanted) - answered - 1)]
    return {mail.id: end for mail, end in zip(wanted, ends, strict=True)}


def _send_all(mails: list[Mail], outcomes: dict[str, Outcome]) -> Outcome:
    """Fill in outcomes as they come; return what holds for the messages without one."""
    try:
        with _connection() as server:
            for mail in mails:
                outcomes[mail.id] = _send_one(server, mail)
    except smtplib.SMTPAuthenticationError as error:
        return _failure("login_refused", error)
    except smtplib.SMTPNotSupportedError as error:
        return _failure("tls_missing", error)
    except ssl.SSLError as error:
        return _failure("tls_failed", error)
    except smtplib.SMTPServerDisconnected as error:
        return _failure("connection_lost", error)
    except (smtplib.SMTPException, ValueError) as error:
        return _failure("answer_invalid", error)
    except OSError as error:
        return _failure("unreachable", error)
    return Outcome(reason="unreachable")


def _connection() -> smtplib.SMTP:
    """Return a connection that is encrypted, with the certificate checked, and signed in."""
    address = urlsplit(settings().smtp_url)
    host, context = address.hostname or "", ssl.create_default_context()
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, address.port or 465, timeout=_SILENCE, context=context)
    else:
        server = smtplib.SMTP(host, address.port or 587, timeout=_SILENCE)
    try:
        if address.scheme != "smtps":
            server.starttls(context=context)
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _send_one(server: smtplib.SMTP, mail: Mail) -> Outcome:
    try:
        server.send_message(_written(mail), from_addr=_sender(), to_addrs=[mail.to])
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return Outcome(reason="recipient_refused", answer=str(code), final=code >= _GONE, own=code != _CLOSING)
    except smtplib.SMTPSenderRefused as error:
        return Outcome(reason="sender_refused", answer=str(error.smtp_code))
    except smtplib.SMTPResponseException as error:
        code = error.smtp_code
        return Outcome(reason="message_refused", answer=str(code), final=code >= _GONE, own=code != _CLOSING)
    except (UnicodeError, ValueError, smtplib.SMTPNotSupportedError):
        return Outcome(reason="address_invalid", final=True, own=True)
    return Outcome(sent=True)


def _written(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message["From"] = settings().mail_from
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{mail.id}@{urlsplit(settings().public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    return message


def _sender() -> str:
    return parseaddr(settings().mail_from)[1]


def _failure(reason: str, error: Exception) -> Outcome:
    code = getattr(error, "smtp_code", None)
    log.warning("mail_server_failed", reason=reason, error=type(error).__name__, answer=code)
    return Outcome(reason=reason, answer=None if code is None else str(code))
