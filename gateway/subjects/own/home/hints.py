"""What an account is told at its first visit of a page, until it dismisses it; at most three short sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.identity.sessions import SignedIn

MOST = 3
_HOME = (
    _l("遇到生育、住院、亲属去世等事，点“申请慰问”告诉工会。"),
    _l("铃铛里是发给您的消息，“待办”里是等您办的事。"),
    _l("“我的”里可以换语言和外观，选择哪些通知发到邮箱。"),
)
_WORKBENCH = (
    _l("数字和图都能点开，看到的就是它所数的清单。"),
    _l("标题旁的“?”说明这项工作谁办、什么时候办、依据什么。"),
)
_QUEUE = _l("“待我处理”把有期限的排在前面，办完一件接着打开下一件。")
_CHECKS = _l("“审查要点”列出要核对的账目和支出。")


def of_home(reader: SignedIn) -> list[str]:
    """Return the hints of the member's home; none once they are dismissed."""
    return _unless_dismissed(reader, "home", _HOME)


def of_workbench(reader: SignedIn) -> list[str]:
    """Return the hints of the workbench as its reader sees it; none once they are dismissed."""
    first = _QUEUE if reader.principal.has("officer", "chair") else _CHECKS
    return _unless_dismissed(reader, "workbench", (first, *_WORKBENCH))


def _unless_dismissed(reader: SignedIn, page: str, texts: tuple[Any, ...]) -> list[str]:
    return [] if page in reader.dismissed_hints else [str(text) for text in texts[:MOST]]
