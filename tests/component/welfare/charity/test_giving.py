"""How members give: pledges, consent to a deduction, own transfers, anonymity, codes, receipts, what is forgotten."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from services.chassis.database.history import AccessLog, ChangeHistory
from services.chassis.database.tables import ExecutedCommand, OutboxEvent
from services.chassis.errors import InvalidInput, NotFound
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare.charity import operations as contract
from services.welfare.charity.tables import CashCount, Gift
from services.welfare.charity.tables import Drive as DriveRow
from tests.component.welfare.charity.drives import TODAY, Drive
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account


def test_a_pledge_is_changed_and_withdrawn_and_only_its_giver_sees_it(drive: Drive) -> None:
    giver, other = drive.member(), drive.member()
    drive.ask(contract.pledge_to_drive, giver, way="cash", amount="20.00")
    drive.ask(contract.pledge_to_drive, giver, way="transfer")
    assert drive.ask(contract.my_pledge, giver) == {"way": "transfer", "amount": None}
    assert drive.ask(contract.my_pledge, other) == {"way": None, "amount": None}
    assert drive.ask(contract.drive_outstanding)["outstanding"]["pledges"] == 1
    (own,) = drive.welfare.ask(contract.my_pledges, giver)["items"]
    assert (own["drive_id"], own["way"], own["title"]) == (drive.id, "transfer", "2026 年慈善一日捐")
    assert drive.welfare.ask(contract.my_pledges, other)["items"] == []
    assert drive.ask(contract.withdraw_pledge, giver) == {"way": None, "amount": None}
    assert drive.ask(contract.my_pledge, giver) == {"way": None, "amount": None}


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_a_gift_is_more_than_nothing(drive: Drive, amount: str) -> None:
    own = {"way": "payroll", "amount": amount, "wording_version": "2026-1"}
    refusal = drive.welfare.refused(contract.give_to_drive, drive.member(), drive_id=drive.id, **own)
    assert isinstance(refusal, InvalidInput)


def test_the_smallest_coin_is_a_gift(drive: Drive) -> None:
    assert drive.give(drive.member(), amount="0.01")["amount"] == "0.01"


def test_a_deduction_needs_the_members_consent_to_the_wording(drive: Drive) -> None:
    giver = drive.member()
    own = {"way": "payroll", "amount": "30.00"}
    assert drive.refused(contract.give_to_drive, giver, **own) == "charity.wording_is_current"
    wrong = {**own, "wording_version": "2025-1"}
    assert drive.refused(contract.give_to_drive, giver, **wrong) == "charity.wording_is_current"
    given = drive.give(giver, amount="30.00")
    assert given["wording_version"] == "2026-1"
    assert given["consented_at"]
    changed = drive.give(giver, amount="40.00")
    assert (changed["id"], changed["amount"]) == (given["id"], "40.00")
    anonymous = {**own, "wording_version": "2026-1", "anonymous": True}
    assert drive.refused(contract.give_to_drive, drive.member(), **anonymous) == "charity.payroll_gift_has_a_name"


def test_nobody_can_give_for_somebody_else(drive: Drive) -> None:
    """The request names no member: a consent is of the account that gives it."""
    assert "member_id" not in contract.give_to_drive.request_schema.fields
    assert contract.give_to_drive.allow == {"member"}


def test_the_payroll_office_gets_consents_and_reports_what_it_deducted(drive: Drive, welfare: WelfareHarness) -> None:
    stays, leaves, fails, late = (drive.member() for _ in range(4))
    gifts = {who.member_id: drive.give(who) for who in (stays, leaves, fails)}
    assert drive.refused(contract.confirm_payroll, deducted_on=TODAY) == "charity.deductions_are_listed"
    listed = drive.ask(contract.read_payroll_list, purpose="交财务处九月代扣")
    assert {line["member_id"] for line in listed["items"]} == {str(who) for who in gifts}
    assert {line["wording_version"] for line in listed["items"]} == {"2026-1"}
    welfare.ask(contract.withdraw_gift, leaves, gift_id=gifts[leaves.member_id]["id"])
    drive.give(late)
    again = drive.ask(contract.read_payroll_list, purpose="交财务处补充名单")
    assert [line["member_id"] for line in again["withdrawn"]] == [str(leaves.member_id)]
    missing = [gifts[fails.member_id]["id"]]
    assert drive.refused(contract.confirm_payroll, deducted_on="2026-09-02") == "charity.deduction_was_made"
    told = drive.ask(contract.confirm_payroll, deducted_on=TODAY, missing=missing)
    assert (told["outstanding"]["payroll"], told["to_hand_over"]) == (0, "200.00")
    drive.close()
    assert {gift["member_id"] for gift in drive.gifts()} == {str(stays.member_id), str(late.member_id)}
    with welfare.transaction() as tx:
        looks = tx.session.scalars(sa.select(AccessLog.purpose).order_by(AccessLog.id)).all()
    assert looks == ["交财务处九月代扣", "交财务处补充名单"]


def test_who_leaves_is_not_deducted(drive: Drive, welfare: WelfareHarness) -> None:
    giver = drive.member()
    drive.give(giver)
    left = {"member_id": giver.member_id, "unit_id": drive.unit, "standing": "left"}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, **left))
    assert drive.ask(contract.read_payroll_list, purpose="交财务处")["items"] == []


def test_a_transfer_has_a_receipt_number_which_is_one_gift(drive: Drive) -> None:
    giver = drive.member()
    own = {"way": "transfer", "amount": "30.00"}
    assert drive.refused(contract.give_to_drive, giver, **own) == "charity.transfer_has_its_receipt"
    given = drive.give(giver, "transfer", reference="T-1")
    assert drive.give(giver, "transfer", reference="T-1")["id"] == given["id"]
    other = {**own, "reference": "T-1"}
    assert drive.refused(contract.give_to_drive, drive.member(), **other) == "charity.reference_is_new"


def test_an_anonymous_gift_names_nobody_and_its_giver_still_finds_it(drive: Drive, welfare: WelfareHarness) -> None:
    giver, other = drive.member(), drive.member()
    welfare.ask_keyed("a-key", contract.give_to_drive, giver, drive_id=drive.id, way="transfer", amount="66.00",
                      reference="T-66", anonymous=True)  # fmt: skip
    (row,) = drive.gifts()
    assert (row["member_id"], row["anonymous"]) == (None, True)
    (own,) = welfare.ask(contract.my_gifts, giver)["items"]
    assert (own["id"], own["certified"]) == (row["id"], False)
    drive.confirm(row)
    assert welfare.ask(contract.my_gift, giver, gift_id=row["id"])["certified"]
    assert welfare.ask(contract.my_gifts, other)["items"] == []
    with pytest.raises(NotFound):
        welfare.ask(contract.my_gift, other, gift_id=row["id"])
    assert str(giver.member_id) not in _stored(welfare)
    assert str(giver.account_id) not in _stored(welfare)


def test_an_anonymous_gift_of_a_list_is_claimed_by_its_code_once(drive: Drive, welfare: WelfareHarness) -> None:
    giver, other = drive.member(), drive.member()
    (code,) = drive.enter((None, "30.00"))["codes"]
    assert drive.refused(contract.claim_gift, giver, code="AAAA-BBBB-CCCC") == "charity.code_is_known"
    claimed = drive.ask(contract.claim_gift, giver, code=code.lower().replace("-", " "))
    assert drive.ask(contract.claim_gift, giver, code=code)["id"] == claimed["id"]
    assert drive.refused(contract.claim_gift, other, code=code) == "charity.code_is_known"
    assert [gift["member_id"] for gift in drive.gifts()] == [None]
    assert code not in _stored(welfare)
    assert str(giver.member_id) not in _stored(welfare)


def test_a_receipt_is_asked_for_listed_for_a_purpose_and_given(drive: Drive, welfare: WelfareHarness) -> None:
    giver = drive.member()
    gift = drive.give(giver, "transfer")
    asked = {"gift_id": gift["id"], "receipt_title": "李明"}
    assert welfare.refused(contract.ask_receipt, giver, **asked).rule == "charity.receipt_can_be_asked"
    drive.confirm(gift)
    with pytest.raises(NotFound):
        welfare.ask(contract.ask_receipt, drive.member(), **asked)
    assert welfare.ask(contract.ask_receipt, giver, **asked)["receipt"] == "asked"
    assert [row["id"] for row in drive.gifts(receipt="asked")] == [gift["id"]]
    assert "李明" not in json.dumps(drive.gifts(receipt="asked"), ensure_ascii=False)
    listed = drive.ask(contract.read_receipt_list, purpose="交慈善总会开票")
    assert [line["receipt_title"] for line in listed["items"]] == ["李明"]
    given = {"gift_id": gift["id"], "receipt_number": "P-1", "receipt_on": TODAY}
    assert welfare.ask(contract.give_receipt, **given)["receipt"] == "given"
    assert welfare.refused(contract.give_receipt, **given).rule == "charity.receipt_was_asked"
    assert welfare.ask(contract.my_gift, giver, gift_id=gift["id"])["receipt_title"] is None


def test_a_former_member_is_forgotten_as_giver(drive: Drive, welfare: WelfareHarness) -> None:
    giver = drive.member()
    drive.enter((giver, "50.00"))
    drive.give(giver, "transfer", anonymous=True, reference="T-9")
    drive.ask(contract.pledge_to_drive, giver, way="cash")
    drive.counted("50.00")
    welfare.receive("on_member_anonymised", welfare.example_message(MemberAnonymised, member_id=giver.member_id))
    assert sorted((gift["member_id"], gift["amount"]) for gift in drive.gifts()) == [(None, "100.00"), (None, "50.00")]
    assert welfare.ask(contract.my_gifts, member_account(giver.member_id))["items"] == []
    assert str(giver.member_id) not in _stored(welfare)
    with welfare.transaction() as tx:
        assert tx.session.scalars(sa.select(Gift.giver).where(Gift.giver.is_not(None))).all() == []


def _stored(welfare: WelfareHarness) -> str:
    """Return everything that is kept of drives, as text: rows, history, looks, events, answers of commands."""
    tables = (Gift, DriveRow, CashCount, ChangeHistory, AccessLog)
    with welfare.transaction() as tx:
        rows = [str(row) for table in tables for row in tx.session.execute(sa.select(table.__table__)).all()]
        events = tx.session.scalars(sa.select(OutboxEvent).where(OutboxEvent.subject.startswith("drive/")))
        rows += [f"{event.data} {event.correlation_id}" for event in events]
        commands = sa.select(ExecutedCommand.actor).where(ExecutedCommand.operation.contains("give_to_drive"))
        replies = sa.select(ExecutedCommand.reply).where(ExecutedCommand.operation.contains("give_to_drive"))
        rows += [str(reply) for reply in tx.session.scalars(replies)]
        assert len(tx.session.scalars(commands).all()) <= 1
    return "\n".join(rows)
