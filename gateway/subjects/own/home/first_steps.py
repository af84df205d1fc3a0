"""The first steps of a new union: what is to be set up, each with its state and the page on which it is done.

Each line ticks itself by what the gateway and the services know. The list is gone when all is done; a reader can hide
it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import request, url_for
from flask_babel import gettext

from gateway.identity.grants import held_on
from gateway.identity.tables import Account, HeldPost, Invitation, KnownMember
from gateway.portal.people import units
from gateway.portal.rules_in_force import ASKED
from gateway.portal.service_calls import Part, parts
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from gateway.union_profile import profile
from services.chassis.clock import today
from services.contracts.governance.rulebook.keys import rule_key

COOKIE, HIDDEN, SHOWN = "first_steps", "hidden", "shown"
_complete: MicroCache[str, bool] = MicroCache(seconds=600)
"""Whether everything was done lately, so that an established union is not asked for each page."""


@dataclass(frozen=True)
class Step:
    """A step.

    Args:
        words: what is done.
        state: how it stands, in a few words.
        done: whether there is nothing left to do.
        address: of the page on which it is done.
    """

    words: str
    state: str
    done: bool
    address: str


def of(plan: Mapping[str, Any] | None, funds: Part | None) -> list[Step] | None:
    """Return the steps in their order; None when all are done, or the reader has hidden them.

    Args:
        plan: the year's plan in figures; None without one.
        funds: the year's money in figures.
    """
    hidden = request.cookies.get(COOKIE) == HIDDEN and request.args.get("steps") != SHOWN
    if hidden or _complete.peek("complete"):
        return None
    steps = [*_people(), _rules(), _plan(plan), _budget(funds)]
    if not all(step.done for step in steps):
        return steps
    _complete.put("complete", True)
    return None


def _people() -> list[Step]:
    """Return the steps that the gateway's own copies tell of."""
    union = profile.current()
    open_units = [unit_id for unit_id, unit in units().items() if unit["kind"] == "unit" and unit["active"]]
    posts = held_on(today()).where(HeldPost.role == "chair").subquery()
    counted = sa.select(
        sa.select(sa.func.count()).select_from(KnownMember).scalar_subquery().label("members"),
        sa.select(sa.func.count(sa.distinct(posts.c.unit_id))).scalar_subquery().label("chaired"),
        sa.select(sa.func.count()).where(Account.member_id.is_not(None)).scalar_subquery().label("accounts"),
        sa.select(sa.func.count()).select_from(Invitation).scalar_subquery().label("slips"),
    )
    with gateway().database.session(readonly=True) as session:
        found = session.execute(counted).one()
    named = bool(union.contact or union.emblem_digest)
    chaired = min(found.chaired, len(open_units))
    return [
        Step(
            gettext("完善工会资料：名称、会徽、联系方式"), gettext("已设置") if named else gettext("未设置"), named,
            url_for("portal.union_profile"),
        ),
        Step(
            gettext("建立分工会"), gettext("%(count)s 个", count=len(open_units)), bool(open_units),
            url_for("portal.new_unit") if not open_units else url_for("portal.organisation"),
        ),
        Step(
            gettext("导入会员名册"), gettext("%(count)s 位会员", count=f"{found.members:,}"), found.members > 1,
            url_for("portal.imports"),
        ),
        Step(
            gettext("任命各分工会主席"),
            gettext("%(chaired)s / %(units)s 个分工会", chaired=chaired, units=len(open_units)),
            bool(open_units) and chaired == len(open_units),
            url_for("portal.organisation"),
        ),
        Step(
            gettext("给会员发开通单"),
            gettext("%(accounts)s 个账号，%(slips)s 张开通单", accounts=found.accounts, slips=found.slips),
            found.slips > 0 or found.accounts > 1,
            url_for("portal.member_accounts"),
        ),
    ]  # fmt: skip


def _rules() -> Step:
    answers = parts({service: (operation, {}) for service, operation in ASKED.items()})
    missing = {key for one in answers.values() for key in (one.data or {}).get("missing", []) if rule_key(key)}
    away = any(one.problem for one in answers.values())
    state = gettext("%(count)s 项没有标准", count=len(missing)) if missing else gettext("都有标准")
    return Step(
        gettext("设定制度标准"), gettext("暂时查不到") if away else state, not missing and not away,
        url_for("portal.rules"),
    )  # fmt: skip


def _plan(plan: Mapping[str, Any] | None) -> Step:
    this_year = plan is not None and plan["year"] >= today().year
    published = this_year and plan is not None and plan["state"] == "published"
    state = gettext("已发布") if published else gettext("草稿") if this_year else gettext("未编制")
    return Step(gettext("编制并发布年度计划"), state, published, url_for("portal.plan"))


def _budget(funds: Part | None) -> Step:
    amount = float((funds.data or {}).get("budget") or 0) if funds else 0
    return Step(
        gettext("编制年度预算"),
        gettext("已编制") if amount else gettext("未编制"),
        amount > 0,
        url_for("portal.budget"),
    )
