"""Recurring work of notices: what is due is sent, in every replica."""

from __future__ import annotations

from typing import Any

from nameko.timer import timer

from gateway.notices import delivery, mail
from services.chassis.process import logs

log = logs.get_logger(__name__)

_SECONDS = 2.0
_MOST_CLAIMS = 100
"""Claims of one run, so that a container that is stopped waits for one batch at most."""


class NoticeEntrypoints:
    """Sending; `http` is the gateway's app, in which texts are written."""

    http: Any
    runtime: Any

    @timer(interval=_SECONDS)
    def send_mail(self) -> None:
        """Send e-mails that are due."""
        if not mail.is_offered():
            return
        database = self.runtime.database
        try:
            for _ in range(_MOST_CLAIMS):
                if not delivery.is_due(database, "email"):
                    return
                delivery.deliver_mail(self.http, database, mail.send)
        except Exception as error:
            log.error("notices_wait", channel="email", error=type(error).__name__)
