"""What pages shared by the console and members are framed by."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from gateway.identity.current import current_principal
from gateway.portal.people import CONSOLE_ROLES


def frame() -> str:
    """Return the frame of a page that console and members share."""
    return "portal/console.html" if current_principal().has(*CONSOLE_ROLES) else "portal/member.html"


def back_home() -> tuple[str, str]:
    """Return address and words of the list above a shared page."""
    if current_principal().has(*CONSOLE_ROLES):
        return url_for("portal.filings"), gettext("二级教代会")
    return url_for("portal.my_filings"), gettext("分工会教代会")
