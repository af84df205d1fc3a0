"""Rules of examinations: who pays, who is on the list, when one books, moves and cancels. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.chassis.rules.refusal import Refusal, Verdict, first_refusal

WOMEN = "women"
"""The kind of campaign that is for women only and has its own interval."""


def funding_is_allowed(funding: str, allowed: Collection[str]) -> Refusal | None:
    """Examinations are paid from the sources that the rule names: the administration's, never the union's."""
    if funding in allowed:
        return None
    return Refusal(
        "examinations.funding_is_allowed",
        "Examinations are not paid from these funds.",
        "funding",
        {"funding": funding},
    )


def eligible(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Decide whether a member is on a campaign's list.

    Args:
        inputs: `standing`, `kind` and `year` of the campaign, `sex`, `package_fits` (a package is for this sex and
            age), `last_year` (year of the last special examination the member came to; None for none).
        figures: `standings`, which the campaign is for; `women_interval` in years, where an earlier special
            examination counts.

    Source: 妇女权益保障法 (2022) Art. 31 ¶3 for the special examination; its interval is a dated rule.
    """
    return Verdict(
        first_refusal(
            (
                _standing_is_served(inputs["standing"], figures["standings"]),
                _is_for_women(inputs["kind"], inputs["sex"]),
                _interval_has_passed(inputs, figures),
                _package_fits(inputs["package_fits"]),
            )
        )
    )


def _standing_is_served(standing: str, served: Collection[str]) -> Refusal | None:
    if standing in served:
        return None
    return Refusal(
        "examinations.standing_is_served", "The examination is not for this standing.", params={"standing": standing}
    )


def _is_for_women(kind: str, sex: str | None) -> Refusal | None:
    if kind != WOMEN or sex == "female":
        return None
    return Refusal("examinations.is_for_women", "The special examination is for women.")


def _interval_has_passed(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Refusal | None:
    last = inputs["last_year"]
    if inputs["kind"] != WOMEN or last is None:
        return None
    again = last + figures["women_interval"]
    if inputs["year"] >= again:
        return None
    return Refusal(
        "examinations.interval_has_passed",
        f"The last special examination was in {last}; the next one is in {again}.",
        params={"last": last, "again": again},
    )


def _package_fits(fits: bool) -> Refusal | None:
    if fits:
        return None
    return Refusal("examinations.a_package_fits", "No package is for this sex and age.")


def is_for(sex: str | None, age: int | None, package: Mapping[str, Any]) -> bool:
    """Whether a package is for somebody; an unknown age fits where the package has no limits.

    Args:
        sex: "male" or "female", None where unknown.
        age: full years on the campaign's day, None where unknown.
        package: `sex` (None for both), `age_from`, `age_to`, and `every_age` (the range leaves nobody out).
    """
    if package["sex"] is not None and package["sex"] != sex:
        return False
    if age is None:
        return bool(package["every_age"])
    return bool(package["age_from"] <= age <= package["age_to"])


def can_be_prepared(state: str) -> Refusal | None:
    """Packages are added before the campaign is opened, so that everybody is decided about by the same."""
    if state == "draft":
        return None
    return Refusal("examinations.can_be_prepared", "The campaign was opened.")


def can_have_slots(state: str) -> Refusal | None:
    """Slots are added and resized until the campaign is over."""
    if state in ("draft", "listing", "open"):
        return None
    return Refusal("examinations.can_have_slots", "The campaign is over.")


def has_packages_and_slots(packages: int, slots: int) -> Refusal | None:
    """A campaign is opened with something to choose from."""
    if packages and slots:
        return None
    return Refusal("examinations.has_packages_and_slots", "Add a package and a slot first.")


def choices_are_few(count: int, most: int) -> Refusal | None:
    """A campaign has few packages and slots, so that a member can choose from all of them."""
    if count < most:
        return None
    return Refusal("examinations.choices_are_few", f"There are {most} already.", params={"most": most})


def hospital_is_in_use(in_use: bool) -> Refusal | None:
    """Slots are added at hospitals that are in use."""
    if in_use:
        return None
    return Refusal("examinations.hospital_is_in_use", "This hospital was ended.", "hospital_id")


def slot_is_ahead(starts_at: datetime, now: datetime, day: date) -> Refusal | None:
    """Slots are added and booked before they begin.

    Args:
        starts_at: when it begins.
        now: the present moment.
        day: its day in China.
    """
    if starts_at > now:
        return None
    return Refusal("examinations.slot_is_ahead", f"The slot on {day} has begun.", "slot_id", {"day": day.isoformat()})


def capacity_covers_booked(capacity: int, booked: int) -> Refusal | None:
    """A slot never has fewer places than are booked."""
    if capacity >= booked:
        return None
    return Refusal(
        "examinations.capacity_covers_booked", f"{booked} are booked already.", "capacity", {"booked": booked}
    )


def booking_is_open(state: str, book_until: date, today: date) -> Refusal | None:
    """One books, moves and cancels while the campaign is open, until its last day to book."""
    if state in ("open", "listing") and today <= book_until:
        return None
    return Refusal(
        "examinations.booking_is_open", f"Booking is open until {book_until}.", None, {"until": book_until.isoformat()}
    )


def place_can_be_given_up(day: date, today: date, days: int) -> Refusal | None:
    """An appointment is moved or cancelled until as many days before as the rule says.

    Args:
        day: of the appointment.
        today: in China.
        days: full days before the appointment that must remain.
    """
    last = day - timedelta(days=days)
    if today <= last:
        return None
    return Refusal(
        "examinations.place_can_be_given_up",
        f"The appointment on {day} could be changed until {last}.",
        None,
        {"day": day.isoformat(), "last": last.isoformat()},
    )


def package_is_for_member(is_one: bool) -> Refusal | None:
    """One books a package that is for one's sex and age."""
    if is_one:
        return None
    return Refusal("examinations.package_is_for_member", "This package is for others.", "package_id")


def slot_has_begun(day: date, today: date) -> Refusal | None:
    """Whether somebody came is known from the day of the appointment on."""
    if today >= day:
        return None
    return Refusal("examinations.slot_has_begun", f"The appointment is on {day}.", None, {"day": day.isoformat()})


def all_are_marked(unmarked: int) -> Refusal | None:
    """A campaign is closed once it is known of everybody with an appointment whether they came."""
    if not unmarked:
        return None
    return Refusal("examinations.all_are_marked", f"{unmarked} are not marked.", None, {"unmarked": unmarked})


def can_be_told(state: str, book_until: date, today: date) -> bool:
    """Whether members without appointment can still book one, so that somebody is to remind them."""
    return booking_is_open(state, book_until, today) is None


def waits_to_be_closed(state: str, book_until: date, last_end: datetime | None, today: date, now: datetime) -> bool:
    """Whether a campaign only waits to be closed: booking is over, and the last appointment, too.

    Args:
        state: of the campaign.
        book_until: the last day to book.
        last_end: when the last slot ends that somebody booked; None where nobody did.
        today: in China.
        now: the present moment.
    """
    return state == "open" and today > book_until and (last_end is None or last_end <= now)


def round_of_reminder(last: int, last_on: date | None, today: date, days: int) -> int:
    """Return the number of the round a reminder of today belongs to: the last one's, until enough days have passed.

    So a reminder that is sent again, by somebody else or by mistake, reaches nobody twice.
    """
    if last_on is None or today >= last_on + timedelta(days=days):
        return last + 1
    return last


def percent(attended: int, eligible: int) -> int:
    """Return attended by eligible in whole percent, rounded down, so that 100 means everybody; 100 for nobody."""
    return attended * 100 // eligible if eligible else 100


def in_lock_order(before: Any, after: Any) -> Sequence[tuple[Any, int]]:
    """Return what to take and give back when a place is exchanged, in an order that prevents deadlocks.

    Args:
        before: id of the slot that is given back, None for none.
        after: id of the slot that is taken, None for none.
    """
    if before == after:
        return ()
    return sorted((one, count) for one, count in ((before, -1), (after, 1)) if one is not None)
