"""Rules of lists of members: when a line means one member of the unit. Pure."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal


def person_is_known(found: int) -> Refusal | None:
    """A line means a member of the unit whose membership has not ended."""
    if found:
        return None
    return Refusal("member_lists.person_is_known", "No member of this unit has this number or name.")


def name_is_one_members(found: int) -> Refusal | None:
    """A name alone means a member where nobody else of the unit has it."""
    if found <= 1:
        return None
    return Refusal(
        "member_lists.name_is_one_members", f"{found} members of this unit have this name.", params={"count": found}
    )


def name_fits_the_number(same: bool) -> Refusal | None:
    """Number and name of a line are of one member."""
    if same:
        return None
    return Refusal("member_lists.name_fits_the_number", "This number is another member's.")


def member_is_listed_once(row: int | None) -> Refusal | None:
    """A member stands in one line of a list."""
    if row is None:
        return None
    return Refusal("member_lists.member_is_listed_once", f"The same member as in line {row}.", params={"row": row})
