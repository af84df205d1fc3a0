"""Search keys of given names: kept with the name, completed where the previous release wrote it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.contracts.membership.record import operations as contract
from services.membership.record.tables import Member
from services.membership.record.use_cases import given_names
from tests.component.membership.harness import MembershipHarness

pytestmark = pytest.mark.databases("postgresql", "sqlite")


def keys(membership: MembershipHarness) -> dict[str, str | None]:
    with membership.transaction() as tx:
        return {row.name: row.given_pinyin for row in tx.session.execute(sa.select(Member.name, Member.given_pinyin))}


def completed(membership: MembershipHarness) -> int:
    with membership.transaction() as tx:
        return given_names.complete(tx)


def test_the_key_follows_a_corrected_name(membership: MembershipHarness) -> None:
    member_id = membership.member(1, name="王小明")
    assert keys(membership) == {"王小明": "xiaoming"}
    membership.ask_typed(
        contract.update_member, membership.officer, member_id=member_id, version=1, name="王小红", reason="更正姓名"
    )
    assert keys(membership) == {"王小红": "xiaohong"}
    assert completed(membership) == 0


def test_what_the_previous_release_wrote_is_completed_once(membership: MembershipHarness) -> None:
    for order, name in enumerate(("王小明", "欧阳娜娜", "李四", "张三"), 1):
        membership.member(order, name=name)
    older = {"欧阳娜娜": {"given_pinyin": None}, "李四": {"name": "李小五", "pinyin": "lixiaowu", "initials": "lxw"}}
    with membership.transaction() as tx:
        for name, values in older.items():
            tx.session.execute(sa.update(Member).where(Member.name == name).values(**values))
        erased = {"name": "（已删除）", "pinyin": "", "initials": ""}
        tx.session.execute(sa.update(Member).where(Member.name == "张三").values(**erased))
    assert completed(membership) == 3
    assert keys(membership) == {"王小明": "xiaoming", "欧阳娜娜": "nana", "李小五": "xiaowu", "（已删除）": ""}
    assert completed(membership) == 0
