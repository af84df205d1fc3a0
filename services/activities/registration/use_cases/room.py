"""The places of a locked activity: its seats, quotas and holds, counted as they are given out and given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.options.use_cases import reading as options
from services.activities.registration.rules import Seats
from services.activities.registration.tables import Registration, RegistrationHold
from services.activities.registration.use_cases.seating import seats_of

if TYPE_CHECKING:
    from services.activities.calendar.use_cases.reading import Activity
    from services.chassis.database.transaction import Transaction


def holds_of(tx: Transaction, activity: Activity) -> dict[UUID, RegistrationHold]:
    """Return the holds that count now, by member; reads nothing where no seats are held."""
    if activity.hold_minutes is None:
        return {}
    live = RegistrationHold.activity_id == activity.id, RegistrationHold.until > tx.now
    rows = tx.session.scalars(sa.select(RegistrationHold).where(*live).execution_options(populate_existing=True))
    return {row.member_id: row for row in rows}


ONE_SEAT: Mapping[int, int] = {options.SEATS: 1}


class Room:
    """The places of an activity whose row the caller has locked. One without a form reads nothing."""

    def __init__(self, tx: Transaction, activity: Activity) -> None:
        self.activity = activity
        self.form, self.quotas = options.form_of(tx, activity)
        self.holds = holds_of(tx, activity)

    @property
    def is_plain(self) -> bool:
        """Whether every registration takes one seat and nothing else."""
        return not self.activity.has_form

    def needs_of(self, row: Any) -> Mapping[int, int]:
        """Return the places that a registration takes or waits for."""
        return ONE_SEAT if self.is_plain else options.needs_of(options.chosen(row.companions, row.options), self.form)

    def free(self, but_of: UUID | None = None) -> dict[int, int | None]:
        """Return the places left, None without limit: neither taken nor held.

        Args:
            but_of: the member whose own hold does not count.
        """
        left: dict[int, int | None] = {number: quota.size - quota.taken for number, quota in self.quotas.items()}
        found = {options.SEATS: self.activity.seats_left, **left}
        held = self.held(but_of)
        return {one: None if count is None else count - held[one] for one, count in found.items()}

    def held(self, but_of: UUID | None = None) -> Counter[int]:
        """Return the places that are held, by resource."""
        counted: Counter[int] = Counter()
        for member_id, hold in self.holds.items():
            if member_id != but_of:
                counted.update(self.needs_of(hold))
        return counted

    def holds_too_many(self) -> list[UUID]:
        """Return whose holds have no place any more because there are fewer now, the latest first; they are dropped."""
        dropped = []
        for member_id, hold in sorted(self.holds.items(), key=lambda one: one[1].until, reverse=True):
            short = {resource for resource, left in self.free().items() if left is not None and left < 0}
            if short.intersection(self.needs_of(hold)):
                dropped.append(member_id)
                del self.holds[member_id]
        return dropped

    def sizes(self) -> dict[int, int | None]:
        """Return all places, free or taken, None without limit."""
        every: dict[int, int | None] = {number: quota.size for number, quota in self.quotas.items()}
        return {options.SEATS: self.activity.capacity, **every}

    def taken(self, resource: int) -> int:
        """Return the places taken of a resource."""
        return self.activity.seats_taken if resource == options.SEATS else self.quotas[resource].taken

    def resize(self, resource: int, size: int) -> None:
        """Set the places of a resource."""
        if resource == options.SEATS:
            self.activity.capacity = size
        else:
            self.quotas[resource].size = size

    def count(self, needs: Mapping[int, int], sign: int) -> None:
        """Count places as taken (1) or as given back (-1)."""
        self.activity.seats_taken += sign * needs[options.SEATS]
        for number, quota in self.quotas.items():
            quota.taken += sign * needs.get(number, 0)

    def seats_for(self, needs: Mapping[int, int], claimed: set[int], member_id: UUID | None = None) -> Seats:
        """Return the seats as the rules see them for somebody who needs these places.

        Args:
            needs: places by resource.
            claimed: resources that somebody on the waiting list is short of; what the member holds is not claimed.
            member_id: who needs them.
        """
        seats = seats_of(self.activity)
        if self.is_plain:
            return seats
        own = self.needs_of(self.holds[member_id]) if member_id in self.holds else {}
        others = {one for one in claimed if needs.get(one, 0) > own.get(one, 0)}
        short = options.short_of(needs, self.free(member_id), others)
        names = tuple(self.form.names[number] for number in sorted(short) if number != options.SEATS)
        return Seats(seats.capacity, seats.taken, seats.waiting, seats.waiting_list, fits=not short, short=names)

    def claims(self, tx: Transaction) -> set[int]:
        """Return the resources that somebody on the waiting list is short of; newcomers get none of them.

        Those who wait with the same choice are short of the same, so each choice is looked at once, in the order of
        its first.
        """
        if self.is_plain or not self.activity.waiting:
            return set()
        first = sa.func.min(Registration.rank)
        waiting = (
            sa.select(Registration.companions, Registration.options)
            .where(Registration.activity_id == self.activity.id, Registration.state == "waitlisted")
            .group_by(Registration.companions, Registration.options)
            .order_by(first)
        )
        claimed: set[int] = set()
        for row in tx.session.execute(waiting):
            self.claim(self.needs_of(row), claimed)
        return claimed

    def claim(self, needs: Mapping[int, int], claimed: set[int]) -> None:
        """Add what somebody who waits is short of; one who could have all has not been asked yet, and keeps it.

        A party that is larger than all places together stands in nobody's way.
        """
        if options.can_never_fit(needs, self.sizes()):
            return
        claimed |= options.short_of(needs, self.free(), claimed) or set(needs)
