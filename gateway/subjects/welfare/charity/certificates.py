"""The certificate of a gift as a PDF, for the giver alone: an anonymous gift has one too, since only this account asks.

The name comes from the giver's own record and is stored nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.jobs.sheets import paper
from gateway.pdf.printing import printed
from gateway.portal.formats import plain_day
from gateway.portal.look_ups import own_record
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.union_profile import profile
from services.chassis.clock import today
from services.chassis.errors import Refused, Unavailable
from services.contracts.welfare.charity.operations import my_gift


def certificate_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the certificate of one's own gift.

    Raises:
        NotFound: it is not the reader's.
        Refused: it is not confirmed.
        Unavailable: membership, which knows the name, is away.
    """
    gift = call(my_gift, {"gift_id": payload["gift_id"]})
    if not gift["certified"]:
        raise Refused("The gift is not confirmed yet.", rule="charity.gift_is_confirmed")
    record = own_record()
    if record.problem is not None:
        raise Unavailable("The record can't be read now; try again in a moment.")
    return paper(f"{gift['title']}-捐赠证书.pdf", printed("certificate", _drawn(gift, record.data["name"])))


def _drawn(gift: Mapping[str, Any], name: str) -> dict[str, Any]:
    union = profile.current()
    given = f"{gift['goods']}（{gift['quantity']}）" if gift["goods"] else f"人民币 {gift['amount']} 元"
    return {
        "title": "捐赠证书",
        "union": union.name(english=False),
        "colour": union.colour,
        "name": name,
        "text": f"感谢您在“{gift['title']}”中捐赠{given}。",
        "facts": [
            ("受赠慈善组织", gift["charity_name"]),
            ("统一社会信用代码", gift["credit_code"]),
            ("捐赠方式", str(words(gift["way"], "gift_way"))),
            ("捐赠日期", str(plain_day(gift["given_on"]))),
            ("编号", gift["id"]),
        ],
        "day": today().isoformat(),
        "foot": "善款由受赠慈善组织入账。本证书不是公益事业捐赠票据，需要票据可在本人账号中提出。",
    }
