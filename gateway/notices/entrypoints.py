"""Recurring work of notices: announcements that are due are told, and what is queued is sent, in every replica."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from nameko.timer import timer

from gateway.identity import password_mail
from gateway.notices import announcements, delivery, delivery_log, mail, private, robots
from services.chassis.entrypoints import every
from services.chassis.process import logs

log = logs.get_logger(__name__)

_SECONDS = 2.0
_LONGEST = 3.0
"""Seconds after which a run begins no further part: a container that is stopped waits for it."""


class NoticeEntrypoints:
    """Telling and sending; `http` is the gateway's app, in which texts are written."""

    http: Any
    runtime: Any

    forget_old_deliveries = every(3600, "forget_old_deliveries", delivery_log.forget_old)
    take_private_notices = every(private.SECONDS, "take_private_notices", private.take_over, own_transaction=True)

    @timer(interval=_SECONDS)
    def tell_announcements(self) -> None:
        """Tell the audiences of announcements that are due."""
        _repeat("announcements", lambda: announcements.tell_some(self.runtime.database))

    @timer(interval=_SECONDS)
    def send_mail(self) -> None:
        """Send e-mails that are due."""
        database = self.runtime.database
        if mail.is_offered():
            _repeat(
                "email", lambda: _due(database, ("email",)) and delivery.deliver_mail(self.http, database, mail.send)
            )

    @timer(interval=_SECONDS)
    def send_password_codes(self) -> None:
        """Send one-time codes for forgotten passwords."""
        database = self.runtime.database
        if mail.is_offered():
            _repeat(
                "password_mail",
                lambda: password_mail.is_due(database) and password_mail.deliver(self.http, database, mail.send),
            )

    @timer(interval=_SECONDS)
    def send_posts(self) -> None:
        """Post to group chats what is due."""
        database = self.runtime.database
        _repeat(
            "robots",
            lambda: _due(database, robots.SERVICES) and delivery.deliver_posts(self.http, database, robots.post),
        )


_due = delivery.is_due


def _repeat(what: str, part: Callable[[], Any]) -> None:
    """Do parts until there is none; a failure is logged, and the next run is as usual."""
    try:
        until = time.monotonic() + _LONGEST
        while part() and time.monotonic() < until:
            pass
    except Exception as error:
        log.error("notices_wait", work=what, error=type(error).__name__)
