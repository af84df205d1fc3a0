"""What programmes, cycles, packages, entitlements and hand-outs look like in answers."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Money, Schema, Timestamp, label, labelled
from services.contracts.days import Day
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.governance.rulebook.vocabulary import FESTIVALS
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.vocabulary import EMPLOYMENTS
from services.contracts.welfare.programmes.vocabulary import (
    CYCLE_FIELDS,
    CYCLE_STATES,
    GOODS_STATES,
    HAND_OUT_METHODS,
)
from services.contracts.welfare.vocabulary import CLAIM_STATES, RuleInForceExplained

MOST_UNITS = 200
SERVED = STANDINGS.only("active", "transferring", "retained")
"""Standings a cycle may be for."""


@labelled(CYCLE_FIELDS)
class GoodsAudience(Schema):
    """Whom a cycle is for; an empty list restricts nothing."""

    unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_UNITS))
    employments = fields.List(Choice(EMPLOYMENTS), load_default=list)
    standings = fields.List(Choice(SERVED), load_default=lambda: ["active", "transferring"])
    joined_by = Day(load_default=None, allow_none=True)


@labelled(CYCLE_FIELDS)
class Programme(Schema):
    """福利项目 What is given again and again, such as the goods for the Spring Festival."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    benefit_key = fields.String(required=True)
    festival = Choice(FESTIVALS, allow_none=True, load_default=None)
    funding = Choice(FUNDING_SOURCES, required=True)


@labelled(CYCLE_FIELDS)
class Cycle(Schema):
    """批次 One year's giving of a programme. `done` and `total` tell how far the list is computed."""

    id = fields.UUID(required=True)
    programme_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    state = Choice(CYCLE_STATES, required=True)
    as_of = fields.Date(required=True)
    price = Money(required=True)
    choose_until = fields.Date(required=True)
    collect_from = fields.Date(required=True)
    collect_until = fields.Date(required=True)
    audience = fields.Nested(GoodsAudience, required=True)
    job_id = fields.UUID(allow_none=True, load_default=None)
    computing = fields.Boolean(required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    entitled = fields.Integer(required=True)
    excluded = fields.Integer(required=True)
    version = fields.Integer(required=True)


@labelled(CYCLE_FIELDS)
class Package(Schema):
    """礼包 One choice: its stock falls when it is chosen. `free` is what is left."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    contents = fields.String(required=True)
    price = Money(required=True)
    paired_aid = Money(required=True)
    stock = fields.Integer(required=True)
    chosen = fields.Integer(required=True)
    free = fields.Integer(required=True)
    is_default = fields.Boolean(required=True)


@labelled(CYCLE_FIELDS)
class PickUpSlot(Schema):
    """领取时段 Where and when goods can be fetched, by how many."""

    id = fields.UUID(required=True)
    point = fields.String(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    capacity = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    free = fields.Integer(required=True)


class CycleCheck(Schema):
    """One thing approval looks at. A `warning` does not stop it; `rule` and `params` say what is wrong."""

    rule = fields.String(required=True)
    holds = fields.Boolean(required=True)
    warning = fields.Boolean(required=True)
    params = fields.Dict(load_default=dict)


class PackageCost(Schema):
    """What a package was planned to cost a head, and what was bought for it a head, by the stock."""

    package_id = fields.UUID(required=True)
    planned = Money(required=True)
    bought = Money(required=True)
    differs = fields.Boolean(required=True)


class CycleDetail(Cycle):
    """A cycle with its packages and slots, the checks of its approval, and the rules it is given by.

    `bought` are the packages for which purchases were decided, `bought_paired_aid_percent` the share of paired-aid
    regions in that money.
    """

    programme = fields.Nested(Programme, required=True)
    packages = fields.List(fields.Nested(Package), required=True)
    slots = fields.List(fields.Nested(PickUpSlot), required=True)
    checks = fields.List(fields.Nested(CycleCheck), required=True)
    gone = fields.Integer(required=True)
    rules = fields.List(fields.Nested(RuleInForceExplained), required=True)
    paired_aid_percent = fields.Integer(required=True)
    bought = fields.List(fields.Nested(PackageCost), load_default=list)
    bought_paired_aid_percent = fields.Integer(allow_none=True, load_default=None)


@labelled(CYCLE_FIELDS)
class GoodsEntitlement(Schema):
    """慰问品资格 A member's claim to one package of a cycle; `number` stands on signed lists."""

    id = fields.UUID(required=True)
    cycle_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    decision_id = fields.UUID(required=True)
    state = Choice(GOODS_STATES, required=True)
    package_id = fields.UUID(allow_none=True, load_default=None)
    package = fields.String(allow_none=True, load_default=None)
    slot_id = fields.UUID(allow_none=True, load_default=None)
    slot = fields.String(allow_none=True, load_default=None)
    collected_at = Timestamp(allow_none=True, load_default=None)
    method = Choice(HAND_OUT_METHODS, allow_none=True, load_default=None)


class MyGoods(GoodsEntitlement):
    """One's own, with what there is to choose from, the code that is shown when the goods are fetched, and a proxy."""

    title = fields.String(required=True)
    cycle_state = Choice(CYCLE_STATES, required=True)
    choose_until = fields.Date(required=True)
    collect_from = fields.Date(required=True)
    collect_until = fields.Date(required=True)
    code = fields.String(allow_none=True, load_default=None)
    proxy_name = fields.String(allow_none=True, load_default=None)
    packages = fields.List(fields.Nested(Package), load_default=list)
    slots = fields.List(fields.Nested(PickUpSlot), load_default=list)


class GoodsAtDesk(GoodsEntitlement):
    """What the desk sees of a code: whose, which package, and whether somebody else may fetch it."""

    title = fields.String(required=True)
    proxy_name = fields.String(allow_none=True, load_default=None)


class HandOut(Schema):
    """领取记录 That goods were handed out: when, how, and by whose account."""

    id = fields.UUID(required=True)
    entitlement_id = fields.UUID(required=True)
    cycle_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    member_id = fields.UUID(required=True)
    package = fields.String(required=True)
    handed_at = Timestamp(required=True)
    method = Choice(HAND_OUT_METHODS, required=True)


@labelled(CYCLE_FIELDS)
class Exclusion(Schema):
    """Somebody who is not on a cycle's list, with the rule that said no."""

    decision_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    reason = fields.String(required=True)
    params = fields.Dict(required=True)


class SheetLineRefused(Schema):
    """A line of a signed list that was not taken: by which rule; of a second hand-out, when the first was."""

    number = fields.Integer(required=True)
    rule = fields.String(required=True)
    params = fields.Dict(load_default=dict)


class SheetResult(Schema):
    """What came of a signed list: lines that were there before and others that were not taken, then how many count."""

    duplicates = fields.List(fields.Nested(SheetLineRefused), required=True)
    refused = fields.List(fields.Nested(SheetLineRefused), required=True)
    recorded = fields.Integer(required=True)


@labelled(CYCLE_FIELDS)
class PackageReconciliation(Schema):
    """One package: stock, chosen by its own count, and by the entitlements; handed out by the hand-outs."""

    package_id = fields.UUID(required=True)
    name = fields.String(required=True, metadata=label("礼包"))
    stock = fields.Integer(required=True, metadata=label("库存"))
    chosen = fields.Integer(required=True)
    assigned = fields.Integer(required=True)
    handed_out = fields.Integer(required=True)
    left = fields.Integer(required=True)
    agrees = fields.Boolean(required=True)


class RefusedClaims(Schema):
    """Claims of a cycle the funds refused by one rule, or reversed."""

    claim_state = Choice(CLAIM_STATES, required=True)
    rule = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    amount = Money(required=True)


class CycleReconciliation(Schema):
    """库存、名单、领取核对 Entitlements by state, hand-outs, and packages; `agrees` when nothing differs.

    `claims` counts the hand-outs by the answer of the funds; `refused_claims` can be put again.
    """

    cycle_id = fields.UUID(required=True)
    states = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    hand_outs = fields.Integer(required=True)
    packages = fields.List(fields.Nested(PackageReconciliation), required=True)
    amount = Money(required=True)
    claims = fields.Dict(keys=fields.String(), values=fields.Integer(), load_default=dict)
    refused_claims = fields.List(fields.Nested(RefusedClaims), load_default=list)
    agrees = fields.Boolean(required=True)
