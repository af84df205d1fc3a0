"""Writing the e-mail of a notice, or of a day's notices, in the language of its recipient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import force_locale, gettext

from gateway.notices import wording
from gateway.notices.mail import Mail
from gateway.notices.unsubscribing import DIGEST, address_of
from services.chassis.process.settings import settings

MOST_LISTED = 50
"""Notices that a digest names one by one."""
MOST_POSTED = 2048
"""Bytes of a text that WeCom posts (企业微信开发者文档“消息推送配置说明”); DingTalk takes more."""


@dataclass(frozen=True)
class Letter:
    """What one e-mail is to tell: one notice, or those of a digest."""

    id: str
    account_id: UUID
    language: str
    to: str
    digest: bool
    delivery_ids: tuple[UUID, ...]
    notices: tuple[Mapping[str, Any], ...]


def composed(letters: Iterable[Letter]) -> list[Mail]:
    """Return the messages of letters; within the app's context."""
    by_language: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_language[letter.language].append(letter)
    mails: list[Mail] = []
    for language, found in by_language.items():
        with force_locale(language):
            told = wording.outside(notice for letter in found for notice in letter.notices)
            mails += [_written(letter, [told[str(notice["id"])] for notice in letter.notices]) for letter in found]
    return mails


def code_mail(id: str, to: str, code: str) -> Mail:
    """Return the message that confirms an address, in the language of the request."""
    text = gettext("您的邮箱确认码是 %(code)s，30 分钟内有效，请填在工会门户的“通知设置”里。", code=code)
    other = gettext("如果不是您本人操作，请忽略这封邮件。")
    return Mail(id, to, gettext("工会门户邮箱确认码"), f"{text}\n\n{other}\n")


def password_mail(id: str, to: str, code: str, language: str) -> Mail:
    """Return the message with the code for a new password; it says nothing of the account."""
    with force_locale(language):
        lines = (
            gettext("改密码的一次性码是 %(code)s，30 分钟内有效，只能用一次。", code=code),
            gettext("请在这里填写用户名和一次性码，设置新密码：%(address)s", address=_forgotten()),
            "",
            gettext("如果不是您本人操作，请忽略这封邮件，密码不会改变。"),
            "",
        )
        return Mail(id, to, gettext("工会门户改密码的一次性码"), "\n".join(lines))


def _forgotten() -> str:
    return settings().public_url + wording.path_of("forgot_password")


def posts_of(notices: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the texts for group chats of public notices, in Chinese; within the app's context."""
    with force_locale("zh"):
        told = wording.outside(notices)
        lines = [told[str(notice["id"])] for notice in notices]
        return [
            _post(gettext("【工会】%(heading)s：%(title)s", heading=one.heading, title=one.about), one.text, _link(one))
            for one in lines
        ]


def _post(heading: str, text: str, link: str) -> str:
    """Return the text of a post, shortened to what a group chat takes; the link leads to the whole."""
    room = MOST_POSTED - len(f"{heading}\n\n{link}".encode())
    whole = text.encode()
    if len(whole) > room:
        text = whole[: room - len("…".encode())].decode(errors="ignore") + "…"
    return f"{heading}\n{text}\n{link}"


def _link(told: wording.Told) -> str:
    return settings().public_url + told.path if settings().public_url else ""


def _written(letter: Letter, lines: list[wording.Told]) -> Mail:
    return _digest(letter, lines) if letter.digest else _single(letter, lines[0])


def _single(letter: Letter, told: wording.Told) -> Mail:
    link = address_of(letter.account_id, str(letter.notices[0]["kind"]))
    heading = gettext("%(heading)s：%(title)s", heading=told.heading, title=told.about) if told.about else told.heading
    body = [told.text, settings().public_url + told.path, "", _foot(link), ""]
    return Mail(letter.id, letter.to, heading, "\n".join(body), _ending(link))


def _digest(letter: Letter, lines: list[wording.Told]) -> Mail:
    listed = [f"· {one.heading}{f'：{one.about}' if one.about else ''}" for one in lines[:MOST_LISTED]]
    if len(lines) > MOST_LISTED:
        listed.append(gettext("……另有 %(count)s 条", count=len(lines) - MOST_LISTED))
    address = settings().public_url + wording.path_of("messages")
    link = address_of(letter.account_id, DIGEST)
    foot = gettext("不想再收每日汇总，打开此链接退订，不用登录：%(address)s", address=link)
    subject = gettext("今天有 %(count)s 条工会通知", count=len(lines))
    return Mail(letter.id, letter.to, subject, "\n".join([*listed, "", address, "", foot]), _ending(link))


def _ending(link: str) -> dict[str, str]:
    """Return the headers by which mail programs offer to end such e-mails (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _foot(link: str) -> str:
    return gettext("不想再收这一类邮件，打开此链接退订，不用登录：%(address)s", address=link)
