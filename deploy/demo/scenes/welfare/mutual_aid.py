"""Plans of mutual aid: one covered now and to be renewed, one half enrolled, one that members pay; claims on their way.

One claim waits for the chair, one for the union, one has been paid.
"""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as record
from services.contracts.welfare.mutual_aid import operations as contract

_UNITS = 4
"""Units that have enrolled their members."""
_LINE = "other.reserve"
"""The demo budget has no line of its own for mutual aid."""
_PLANS = (
    ("职工住院医疗互助保障", "inpatient", "60.00", "20000.00", "住院期间个人自付的医疗费用，按条款比例给付。"),
    ("女职工特殊疾病互助保障", "women", "40.00", "30000.00", "条款所列的女职工特殊疾病，确诊后一次给付。"),
    ("职工意外伤害互助保障", "accident", "30.00", "50000.00", "上下班途中和日常生活中的意外伤害。"),
)


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    inpatient, women, accident = [_plan(union, officer, place, *terms) for place, terms in enumerate(_PLANS)]
    now = _period(union, officer, inpatient, "本期", -200, 164, "union", enrol=(-230, 0))
    units = _covered_units(union)
    for unit_id in units:
        _enrol(union, officer, now, unit_id)
    union.ask("close-cover-list", contract.close_cover_list, {"period_id": now, "line_code": _LINE}, officer)
    _period(union, officer, inpatient, "下期", 165, 529, "union", enrol=(-5, 40))
    ladies = _period(union, officer, women, "本期", 20, 384, "administration", enrol=(-10, 15))
    for unit_id in units[:2]:
        _enrol(union, officer, ladies, unit_id)
    own = _period(union, officer, accident, "本期", 10, 374, "own", enrol=(-10, 9))
    _enrol(union, officer, own, units[0])
    claims = _claims(union, officer, inpatient, units[0])
    return f"3 plans of mutual aid, {claims} claims"


def _plan(
    union: DemoUnion, officer: Principal, place: int, name: str, kind: str, fee: str, insured: str, about: str
) -> str:
    terms = {
        "name": name, "kind": kind, "provider": "示例职工互助保障会", "document": f"{name}条款（示例）", "fee": fee,
        "sum_insured": insured, "age_from": 18, "age_to": 65, "claim_days": 180, "remind_days": 30, "about": about,
        "ends_with_retirement": kind == "accident",
    }  # fmt: skip
    return str(union.ask(f"mutual-aid-plan-{place}", contract.add_mutual_aid_plan, terms, officer)["id"])


def _period(
    union: DemoUnion, officer: Principal, plan_id: str, title: str, first: int, last: int, payer: str,
    enrol: tuple[int, int],
) -> str:  # fmt: skip
    days = {"starts_on": first, "ends_on": last, "enrol_from": enrol[0], "enrol_until": enrol[1]}
    terms = {"plan_id": plan_id, "title": title, "payer": payer}
    terms |= {name: str(today() + timedelta(days=ahead)) for name, ahead in days.items()}
    return str(union.ask(f"cover-period-{plan_id}-{first}", contract.open_cover_period, terms, officer)["id"])


def _covered_units(union: DemoUnion) -> list[UUID]:
    """Return the unit of the demo account `chair` and some others."""
    first = union.units[union.holder("chair")]
    return [first, *(unit_id for unit_id in union.units if unit_id != first)][:_UNITS]


def _enrol(union: DemoUnion, officer: Principal, period_id: str, unit_id: UUID) -> None:
    asked = {"period_id": period_id, "unit_id": str(unit_id), "everybody": True}
    union.ask(f"enrol-{period_id}-{unit_id}", contract.enrol_members, asked, officer)


def _claims(union: DemoUnion, officer: Principal, plan_id: str, unit_id: UUID) -> int:
    """Let some members of a unit file claims, and take each as far as it is to be."""
    wanted = {"unit_id": str(unit_id), "standing": "active", "limit": 40}
    rows = union.ask("claimants", record.list_members, wanted, officer)["items"]
    chair = union.member_id(union.holder("chair"))
    known = (chair, officer.member_id, union.member_id(union.holder("member")))
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in known]
    claimants = [union.as_member("member"), *(_account(member_id) for member_id in others[:2])]
    for place, claimant in enumerate(claimants):
        claim = _claim(union, claimant, plan_id, place)
        if claim["state"] != "submitted" or place == 0:
            continue
        told = {"claim_id": claim["id"]}
        union.ask(f"forward-{place}", contract.forward_mutual_aid_claim, told, union.as_chair())
        if place == 2:
            union.ask(f"send-on-{place}", contract.send_on_mutual_aid_claim, told, officer)
            paid = {**told, "paid": "1860.00", "paid_on": str(today())}
            union.ask(f"paid-{place}", contract.record_claim_paid, paid, officer)
    return len(claimants)


def _claim(union: DemoUnion, claimant: Principal, plan_id: str, place: int) -> Any:
    """Return a claim with a document; filed once, however often the scene is played."""
    mine = union.ask("own-claims", contract.my_mutual_aid_claims, {"limit": 1}, claimant)["items"]
    if mine:
        return mine[0]
    event_on = str(today() - timedelta(days=20 + 10 * place))
    filed = {"plan_id": plan_id, "event_on": event_on, "asked": "3200.00"}
    claim = union.ask(f"claim-{place}", contract.submit_mutual_aid_claim, filed, claimant)
    document = {"claim_id": claim["id"], "kind": "form", **_paper()}
    return union.ask(f"claim-document-{place}", contract.attach_claim_document, document, claimant)


def _account(member_id: UUID) -> Principal:
    return Principal("account", member_id, member_id, (Grant("member"),))


def _paper() -> dict[str, str]:
    """Return a page on which nothing stands but that it is an example."""
    page, written = Image.new("RGB", (600, 800), "white"), io.BytesIO()
    ImageDraw.Draw(page).text((60, 60), "EXAMPLE", fill="black")
    page.save(written, "PNG")
    content = base64.b64encode(written.getvalue()).decode("ascii")
    return {"name": "form.png", "media_type": "image/png", "content": content}
