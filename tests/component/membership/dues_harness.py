"""Dues in a test: short ways to set bases, to charge, to collect and to refund, jobs included."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.files.spreadsheets import write_csv
from services.chassis.jobs.tables import Job
from services.chassis.security.principal import Principal
from services.contracts.membership.dues import collecting
from services.contracts.membership.dues import credit as dues_credit
from services.contracts.membership.dues import files as dues_files
from services.contracts.membership.dues import operations as contract
from services.membership.dues.tables import DuesCharge, DuesPayment
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness, officer


class DuesHarness(MembershipHarness):
    """A union whose dues are collected; `due` is what everybody with the usual base of 3,487 owes a month."""

    due = Decimal("17.40")

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.second = officer()

    def payer(self, order: int, base: str | None = "3487", unit: str = "01", **changes: Any) -> UUID:
        """Admit a member, with a base unless it is None."""
        member_id = self.member(order, unit, **changes)
        if base:
            self.base(member_id, base)
        return member_id

    def base(self, member_id: UUID, base: str, starts_on: date = date(2025, 1, 1)) -> dict[str, Any]:
        values = {"member_id": member_id, "base": base, "starts_on": starts_on, "reason": "人事核定"}
        return self.ask(contract.set_dues_base, **values)

    def charge(self, month: str) -> Job:
        return self.run_job(self.ask(contract.charge_dues, month=month)["job_id"])

    def preview(self, month: str) -> dict[str, Any]:
        return self.ask(contract.preview_dues_charge, month=month)

    def pay(self, member_id: UUID, month: str, amount: str = "17.40", **values: Any) -> dict[str, Any]:
        values = {"member_id": member_id, "month": month, "amount": amount, **values}
        return self.ask(collecting.record_dues_payment, **values)

    def reverse(self, payment_id: str) -> dict[str, Any]:
        values = {"payment_id": payment_id, "reason": "录错"}
        return self.ask(collecting.reverse_dues_payment, **values)

    def ask_refund(self, member_id: UUID, month: str, amount: str = "17.40") -> dict[str, Any]:
        values = {"member_id": member_id, "month": month, "amount": amount, "reason": "重复扣款"}
        return self.ask(collecting.ask_dues_refund, **values)

    def decide(self, refund_id: str, by: Principal, approve: bool = True) -> dict[str, Any]:
        values = {"refund_id": refund_id, "approve": approve}
        return self.ask(collecting.decide_dues_refund, by, **values)

    def adjust(self, member_id: UUID, month: str, due: str) -> dict[str, Any]:
        values = {"member_id": member_id, "month": month, "due": due, "reason": "停薪留职"}
        return self.ask(contract.adjust_dues, **values)

    def upload(self, rows: list[tuple[str, str]], month: str, kind: str = "payroll", **values: Any) -> dict[str, Any]:
        """Upload rows of (number, amount) and check them."""
        heading = "金额" if kind == "payroll" else "缴费基数"
        columns = [("who", "会员号"), ("amount", heading)]
        content = write_csv(columns, [{"who": who, "amount": amount} for who, amount in rows])
        values = {"kind": kind, "month": month, "name": "工资代扣.csv", "content": content, **values}
        file = self.ask(dues_files.upload_dues_file, **values)
        self.run_job(file["check_job_id"])
        return self.file(file["id"])

    def map(self, file_id: str, **mapping: str | None) -> dict[str, Any]:
        """Name the columns of a file and check it."""
        file = self.ask(dues_files.map_dues_file, file_id=file_id, mapping=mapping)
        self.run_job(file["check_job_id"])
        return self.file(file_id)

    def file(self, file_id: str) -> dict[str, Any]:
        return self.ask(dues_files.get_dues_file, file_id=file_id)

    def post(self, file_id: str, overpaid: str = "leave") -> Job:
        asked_for = {"file_id": file_id, "overpaid": overpaid}
        return self.run_job(self.ask(dues_files.post_dues_file, **asked_for)["job_id"])

    def credits(self) -> list[tuple[str, str, str]]:
        """Return (member, month, amount) of what was paid above what is due."""
        found = self.ask(dues_credit.list_dues_credits)["items"]
        return [(str(one["member_id"]), one["month"], str(one["amount"])) for one in found]

    def number(self, member_id: UUID) -> str:
        with self.database.session() as session:
            return session.scalars(sa.select(Member.number).where(Member.id == member_id)).one()

    def charges(self, month: str) -> dict[UUID, tuple[Decimal, Decimal]]:
        with self.database.session() as session:
            rows = session.scalars(sa.select(DuesCharge).where(DuesCharge.month == month))
            return {row.member_id: (row.due, row.paid) for row in rows}

    def payments(self, member_id: UUID) -> list[dict[str, Any]]:
        return self.ask(collecting.list_dues_payments, member_id=member_id)["items"]

    def paid(self) -> Decimal:
        """Return the sum of all payments, what went back taken off."""
        with self.database.session() as session:
            return session.scalar(sa.select(sa.func.sum(DuesPayment.amount))) or Decimal("0.00")

    def announced(self) -> Decimal:
        """Return what the ledger was told: collected less refunded."""
        collected = sum((Decimal(one["amount"]) for one in self.events("dues_collected")), Decimal("0.00"))
        return collected - sum((Decimal(one["amount"]) for one in self.events("dues_refunded")), Decimal("0.00"))
