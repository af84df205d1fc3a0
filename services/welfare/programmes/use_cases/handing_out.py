"""Handing out by the code that a member or proxy shows, once; for lists signed on paper see `signed_lists`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.chassis import clock
from services.chassis.clock import SHANGHAI, day_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused, refuse_first
from services.chassis.rules.refusal import Refusal, first_refusal
from services.chassis.security.codes import NotGenuine, opened
from services.chassis.security.principal import require_unit
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.programmes.events import BenefitCollected
from services.welfare.entitlements.use_cases.bulk_uses import change_uses
from services.welfare.members.use_cases.member_copies import standings_of
from services.welfare.payments.use_cases.beneficiaries import beneficiary
from services.welfare.procurement.use_cases.costs import bought_for
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, HandOut, Package, Programme
from services.welfare.programmes.use_cases.own import CODE
from services.welfare.programmes.use_cases.store import entitlement_replies, hand_outs_of, packages_of, programme_of

DESK = ("officer",)
FORM = "goods"


def look_up_goods(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return what the desk sees of a code."""
    entitlement = _of_code(tx, request["code"], lock=False)
    cycle = tx.session.get_one(Cycle, entitlement.cycle_id)
    (told,) = entitlement_replies(tx, [entitlement])
    return {**told, "title": cycle.title, "proxy_name": entitlement.proxy_name}


def record_hand_out(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Hand out by a code.

    Raises:
        Refused: it was handed out before, which says when and by whom; or it can't be handed out now.
    """
    entitlement = _of_code(tx, request["code"], lock=True)
    cycle = tx.session.get_one(Cycle, entitlement.cycle_id)
    standing = standings_of(tx, [entitlement.member_id]).get(entitlement.member_id)
    refuse_first(_handed_out_before(tx, entitlement), _refusal(tx, cycle, entitlement, standing))
    refuse_first(rules.proxy_has_consent(request["by_proxy"], entitlement.proxy_name, request["signature"]))
    method = "proxy" if request["by_proxy"] else "signature"
    ((hand_out, package),) = record(
        tx, cycle, [(entitlement, tx.now)], method=method, signature=request["signature"], sheet=None
    )
    return {
        "id": hand_out.id,
        "entitlement_id": entitlement.id,
        "cycle_id": cycle.id,
        "number": entitlement.number,
        "member_id": entitlement.member_id,
        "package": package.name,
        "handed_at": hand_out.handed_at,
        "method": method,
    }


def record(
    tx: Transaction,
    cycle: Cycle,
    taken: Sequence[tuple[GoodsEntitlement, datetime]],
    *,
    method: str,
    signature: str | None,
    sheet: str | None,
) -> list[tuple[HandOut, Package]]:
    """Store hand-outs of locked entitlements; the members' accounts and the funds are charged the packages' prices.

    Packages that were bought are charged to the funds by the purchase's payment, not by each hand-out again.
    """
    packages = {one.id: one for one in packages_of(tx, cycle.id)}
    programme = programme_of(tx, cycle)
    paid_by_purchase = bought_for(tx, cycle.id).packages if programme.funding == "union" else {}
    recorded = []
    for entitlement, at in taken:
        assert entitlement.package_id is not None
        package = packages[entitlement.package_id]
        claimed = programme.funding == "union" and package.id not in paid_by_purchase
        hand_out = HandOut(
            entitlement_id=entitlement.id,
            cycle_id=cycle.id,
            package_id=package.id,
            amount=package.price,
            handed_at=at,
            recorded_at=tx.now,
            handed_by=tx.principal.account_id,
            handed_by_member=tx.principal.member_id,
            method=method,
            signature=signature,
            sheet=sheet,
            claim=int(claimed),
            claim_state="pending" if claimed else "none",
            claim_sequence=0,
        )
        tx.session.add(hand_out)
        entitlement.state = "collected"
        recorded.append((hand_out, package))
        tx.record(_collected(entitlement, package, method))
    tx.session.flush()
    _charge_prices(tx, cycle, recorded)
    of_members = zip(recorded, taken, strict=True)
    tx.record(*(granted(programme, row, hand_out) for (hand_out, _), (row, _) in of_members if hand_out.claim))
    return recorded


def _charge_prices(tx: Transaction, cycle: Cycle, recorded: Sequence[tuple[HandOut, Package]]) -> None:
    """Charge the accounts the prices of the packages, where they differ from what the approval set aside."""
    packages = {package.id: package for _, package in recorded if package.price != cycle.price}
    for package in packages.values():
        of_package = [hand_out.entitlement_id for hand_out, one in recorded if one.id == package.id]
        change_uses(tx, of_package, package.price)


def granted(programme: Programme, entitlement: GoodsEntitlement, hand_out: HandOut) -> BenefitGranted:
    """Return the claim on the funds for goods that were handed out."""
    day = day_of(hand_out.handed_at)
    return BenefitGranted(
        grant_id=hand_out.id,
        unit_id=entitlement.unit_id,
        benefit_key=programme.benefit_key,
        amount=hand_out.amount,
        form=FORM,
        granted_on=day,
        beneficiary=beneficiary(entitlement.member_id, day.year),
        rule_key=f"benefit.{programme.benefit_key}.cap",
        claim=hand_out.claim,
        cycle_id=hand_out.cycle_id,
    )


def _collected(entitlement: GoodsEntitlement, package: Package, method: str) -> BenefitCollected:
    return BenefitCollected(
        entitlement_id=entitlement.id,
        cycle_id=entitlement.cycle_id,
        member_id=entitlement.member_id,
        package_id=package.id,
        method=method,
    )


def _of_code(tx: Transaction, code: str, *, lock: bool) -> GoodsEntitlement:
    """Return the entitlement of a code that is good now, of a unit in reach."""
    token = code.strip().rpartition("/")[2]
    try:
        read = opened(token, CODE)
    except NotGenuine:
        raise NotFound("No goods have this code.", rule="programmes.code_is_genuine", field="code") from None
    if read.standing(0, clock.now()) != "good":
        raise Refused("The code has ended.", rule="programmes.code_is_in_time", field="code")
    row = tx.get(GoodsEntitlement, read.subject, "No goods have this code.", lock=lock, field="code")
    require_unit(tx.principal, row.unit_id, also=DESK)
    return row


def _refusal(tx: Transaction, cycle: Cycle, row: GoodsEntitlement, standing: str | None) -> Refusal | None:
    return first_refusal(
        [
            rules.member_belongs(standing),
            rules.handing_out_is_open(cycle.state, cycle.collect_from, cycle.collect_until, tx.today),
            rules.goods_can_be_handed_out(row.state),
        ]
    )


def _handed_out_before(tx: Transaction, row: GoodsEntitlement) -> Refusal | None:
    hand_out = hand_outs_of(tx, [row.id]).get(row.id)
    return handed_out_once(hand_out) if hand_out is not None else None


def handed_out_once(hand_out: HandOut) -> Refusal:
    """Return the refusal of a second hand-out: when the first was, how, and by whom."""
    by = hand_out.handed_by_member or hand_out.handed_by
    return Refusal(
        "programmes.goods_are_handed_out_once",
        "These goods were handed out already.",
        "code",
        {
            "at": f"{hand_out.handed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            "method": hand_out.method,
            "by": str(by) if by else None,
        },
    )
