"""Events of membership about members, and what follows in welfare."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.welfare.birthdays.use_cases import deaths as birthday_deaths
from services.welfare.birthdays.use_cases import forgetting as birthdays
from services.welfare.care.use_cases import deaths as care_deaths
from services.welfare.care.use_cases import forgetting as care
from services.welfare.care_campaigns.use_cases import ends as campaigns
from services.welfare.charity.use_cases import forgetting as gifts
from services.welfare.charity.use_cases.payroll import withdraw_consents
from services.welfare.decisions.use_cases.forgetting import forget_inputs
from services.welfare.examinations.use_cases import attending as examinations
from services.welfare.hardship.use_cases import ends as hardship
from services.welfare.members.use_cases import member_copies
from services.welfare.mutual_aid.use_cases import ending as mutual_aid
from services.welfare.programmes.use_cases import deaths as goods_deaths
from services.welfare.programmes.use_cases import forgetting as goods
from services.welfare.recuperation.use_cases import going as recuperation
from services.welfare.requests.use_cases import forgetting as requests_forgetting
from services.welfare.requests.use_cases import handling as requests
from services.welfare.visits.use_cases import deaths as visit_deaths
from services.welfare.visits.use_cases import forgetting


class MemberEntrypoints:
    """Reactions that keep the copy of the members; for joining see entitlements, which open an account then."""

    on_unit_changed = on_event(UnitChanged, member_copies.keep_units, batch=True)
    on_member_updated = on_event(MemberUpdated, member_copies.keep_standing)

    @on_event(MemberAnonymised)
    def on_member_anonymised(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Erase the texts of life events and the inputs of decisions; visits, outcomes and sums stay."""
        forgetting.on_member_anonymised(tx, event)
        forget_inputs(tx, event.data["member_id"])
        recuperation.forget(tx, event.data["member_id"])
        goods.forget(tx, event.data["member_id"])
        birthdays.forget(tx, event.data["member_id"])
        care.forget(tx, event.data["member_id"])
        gifts.forget(tx, event.data["member_id"])
        requests_forgetting.forget(tx, event.data["member_id"])
        member_copies.forget(tx, event.data["member_id"])
        examinations.forget(tx, event.data["member_id"])
        hardship.forget(tx, event.data["member_id"])
        campaigns.forget(tx, event.data["member_id"])
        mutual_aid.forget(tx, event.data["member_id"])

    @on_event(MemberLeft)
    def on_member_left(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Trips, examinations, covers end for who left; after a death only the condolence is still given.

        One that arrives after a newer end, or after the return that undid it, changes nothing.
        """
        died_on = event.data["on"] if event.data["standing"] == member_copies.DECEASED else None
        if not member_copies.keep_death(tx, event, died_on):
            return
        recuperation.withdraw_all(tx, event.data["member_id"])
        withdraw_consents(tx, event.data["member_id"])
        examinations.withdraw_from_lists(tx, event.data["member_id"])
        requests.withdraw_all(tx, event.data["member_id"])
        mutual_aid.end_on_leaving(tx, event)
        if died_on is None:
            hardship.end_with_membership(tx, event.data["member_id"])
            campaigns.end_items(tx, event.data["member_id"], campaigns.LEFT)
        else:
            visit_deaths.end_with_death(tx, event.data["member_id"], died_on)
            birthday_deaths.end_with_death(tx, event.data["member_id"], died_on)
            care_deaths.end_with_death(tx, event.data["member_id"], died_on)
            goods_deaths.end_with_death(tx, event.data["member_id"], died_on)
            hardship.end_with_death(tx, event.data["member_id"], died_on)
            campaigns.end_items(tx, event.data["member_id"], campaigns.DIED)

    @on_event(MemberReinstated)
    def on_member_reinstated(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The end was a mistake: undo what followed from it."""
        if member_copies.keep_death(tx, event, None):
            mutual_aid.run_on_after_leaving(tx, event)
            visit_deaths.undo_death(tx, event.data["member_id"])
            birthday_deaths.undo_death(tx, event.data["member_id"])
            care_deaths.undo_death(tx, event.data["member_id"])
            goods_deaths.undo_death(tx, event.data["member_id"])
            hardship.undo_death(tx, event.data["member_id"])
            campaigns.undo_death(tx, event.data["member_id"])
