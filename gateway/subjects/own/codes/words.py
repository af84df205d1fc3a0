"""The answer to a scan in words: a title that is read at a glance, and what to do."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.words import texts_of
from gateway.subjects.own.codes.reading import Scanned
from services.contracts.codes import CODE_STATES

_ADVICE = {
    "ended": _l("码是真的，但它所指的已经不再有效。"),
    "expired": _l("请对方重新打开页面，出示新的码；打印的请换一张。"),
    "revoked": _l("这个码已经挂失或换新，不能再用。请对方重新打开页面，出示新的码。"),
    "altered": _l("码不完整、被改动，或不是本会发出的。请擦净屏幕再扫一次，或请对方重新出示。"),
    "foreign": _l("这个码属于其他单位或其他系统，在这里不能查验。请对方出示本会的码。"),
    "unverifiable": _l("码不完整，或已过期、已作废。请对方重新出示。"),
}
_WRONG_KIND = _l("这是%(kind)s，这里要扫的是%(wanted)s。")


def title_of(scanned: Scanned) -> Any:
    """Return the answer in a few words."""
    titles = scanned.kind.titles if scanned.kind else {}
    return titles.get(scanned.state) or texts_of(CODE_STATES)[scanned.state]


def advice_of(scanned: Scanned) -> str:
    """Return what to do about it; empty when it is good."""
    if scanned.kind and scanned.wanted and scanned.state == "wrong_kind":
        return str(_WRONG_KIND) % {"kind": scanned.kind.words, "wanted": scanned.wanted.words}
    return str(_ADVICE.get(scanned.state, ""))
