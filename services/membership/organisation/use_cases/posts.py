"""Posts: give, end, list. The roles people have in the system follow from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.membership.organisation import operations as contract
from services.contracts.membership.organisation.posts import role_of
from services.membership.organisation import delegation_rules, rules
from services.membership.organisation.tables import Post, Unit
from services.membership.organisation.use_cases import delegate_posts, ending
from services.membership.organisation.use_cases.delegations import deputises
from services.membership.organisation.use_cases.units import get_unit
from services.membership.record.use_cases import roster


def list_posts(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of posts by their last day; who has no office sees the own ones."""
    statement = sa.select(Post)
    principal = tx.principal
    if not (principal.has("officer", "chair", "auditor") or principal.kind == "service"):
        statement = statement.where(Post.member_id == principal.member_id)
    for field in ("unit_id", "member_id", "kind"):
        if request[field] is not None:
            statement = statement.where(getattr(Post, field) == request[field])
    if request["held_on"] is not None:
        statement = statement.where(Post.starts_on <= request["held_on"], Post.last_day >= request["held_on"])
    if request["ending_within"] is not None:
        until = tx.today + timedelta(days=request["ending_within"])
        statement = statement.where(Post.last_day >= tx.today, Post.last_day <= until)
    if request["ids"] is not None:
        statement = statement.where(Post.id.in_(request["ids"]))
    page = page_of(tx, statement, request, [(Post.last_day, "asc"), (Post.id, "asc")])
    people = roster.people_by_id(tx, {post.member_id for post in page.rows})
    committees = ending.committees_of(tx, {post.unit_id for post in page.rows})
    items = [_to_reply(post, people[post.member_id].name, tx.today, committees[post.unit_id]) for post in page.rows]
    return page.reply(items)


def kinds_held_by_member(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the kinds of the posts that members hold today, of those who hold any, in one statement."""
    if not member_ids:
        return {}
    held = Post.starts_on <= tx.today, Post.last_day >= tx.today
    theirs = is_among(tx.session, [Post.member_id], member_ids)
    statement = sa.select(Post.member_id, Post.kind).where(theirs, *held).distinct().order_by(Post.kind)
    found: dict[UUID, list[str]] = {}
    for row in tx.session.execute(statement):
        found.setdefault(row.member_id, []).append(row.kind)
    return found


def assign_post(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give a member a post for a term."""
    unit = get_unit(tx, request["unit_id"])
    holder = roster.people_by_id(tx, {request["member_id"]}).get(request["member_id"])
    if holder is None:
        raise NotFound("There is no such member.", field="member_id")
    starts_on: date = request["starts_on"]
    ends_on: date = request["ends_on"] or rules.end_of_term(starts_on, request["term_years"])
    refuse_first(
        rules.post_fits_unit(request["kind"], unit.kind, unit.active),
        rules.holder_is_active(holder.standing),
        rules.chair_belongs_to_unit(
            request["kind"], holder.unit_id == (unit.parent_id if unit.kind == "group" else unit.id)
        ),
        rules.term_begins_nearby(starts_on, tx.today),
        rules.term_is_lawful(starts_on, ends_on),
    )
    tx.lock("posts")
    refuse_first(rules.delegates_are_elected(request["kind"], delegate_posts.congress_serves(tx, starts_on)))
    _refuse_clashes(tx, request, unit, starts_on, ends_on)
    post = Post(
        unit_id=unit.id,
        kind=request["kind"],
        member_id=holder.id,
        starts_on=starts_on,
        ends_on=ends_on,
        last_day=ends_on,
        term=request["term"],
    )
    tx.session.add(post)
    tx.session.flush()
    changes = {"member_id": (None, holder.id), "kind": (None, post.kind)}
    note_change(tx, f"post/{post.id}", changes, "assigned")
    tx.record(
        contract.PostAssigned(
            post_id=post.id,
            member_id=holder.id,
            unit_id=unit.id,
            kind=post.kind,
            role=role_of(post.kind, unit.committee),
            starts_on=starts_on,
            ends_on=ends_on,
            succeeds_post_id=_predecessor(tx, post),
        )
    )
    ending.tell_if_ending(tx, post)
    return _to_reply(post, holder.name, tx.today, unit.committee)


def end_post(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End a post before its term is over."""
    post = tx.get(Post, request["post_id"], "There is no such post.", field="post_id", lock=True)
    ended_on: date = request["ended_on"] or max(tx.today, post.starts_on)
    refuse_first(
        rules.delegates_are_elected(post.kind, delegate_posts.has_seat(tx, post.member_id, ended_on)),
        rules.end_lies_in_term(ended_on, post.starts_on, post.last_day, tx.today),
    )
    ending.end_posts(tx, [post], ended_on, request["reason"])
    name = roster.people_by_id(tx, {post.member_id})[post.member_id].name
    return _to_reply(post, name, tx.today, ending.committees_of(tx, {post.unit_id})[post.unit_id])


def _refuse_clashes(tx: Transaction, request: Mapping[str, Any], unit: Unit, starts_on: date, ends_on: date) -> None:
    member_id, kind = request["member_id"], request["kind"]
    meanwhile = (
        sa.select(Post, Unit.committee)
        .join(Unit, Unit.id == Post.unit_id)
        .where(
            Post.starts_on <= ends_on,
            Post.last_day >= starts_on,
            sa.or_(Post.member_id == member_id, sa.and_(Post.unit_id == unit.id, Post.kind == kind)),
        )
    )
    found = [(post, committee) for post, committee in tx.session.execute(meanwhile)]
    posts = [post for post, _ in found]
    same = [post for post in posts if post.unit_id == unit.id and post.kind == kind]
    refuse_first(
        rules.holder_has_it_once(any(post.member_id == member_id for post in same)),
        rules.post_is_vacant(kind, bool(same)),
        rules.auditor_does_not_lead(
            _office(kind, unit.committee),
            [_office(post.kind, committee) for post, committee in found if post.member_id == member_id],
        ),
        delegation_rules.deputy_does_not_audit(
            _office(kind, unit.committee) == "auditor" and deputises(tx, member_id, (starts_on, ends_on))
        ),
    )


def _office(kind: str, committee: str | None) -> str:
    """Return "auditor" for every post that makes its holder one, else the kind of the post."""
    return "auditor" if role_of(kind, committee) == "auditor" else kind


def _predecessor(tx: Transaction, post: Post) -> UUID | None:
    """Return the post of an ending term this one follows on: the same post, where many hold it the same holder's."""
    statement = (
        sa.select(Post.id)
        .where(Post.unit_id == post.unit_id, Post.kind == post.kind, Post.ending_told, Post.last_day < post.starts_on)
        .order_by(Post.last_day.desc())
        .limit(1)
    )
    if post.kind not in rules.SINGLE_POSTS:
        statement = statement.where(Post.member_id == post.member_id)
    return tx.session.scalar(statement)


def _to_reply(post: Post, name: str, today: date, committee: str | None) -> dict[str, Any]:
    columns = ("id", "unit_id", "kind", "member_id", "starts_on", "ends_on", "ended_on", "term")
    return {
        **{name: getattr(post, name) for name in columns},
        "role": role_of(post.kind, committee),
        "member_name": name,
        "in_office": post.starts_on <= today <= post.last_day,
    }
