"""Rules of options: what may be chosen, what it takes, and who is short of what. Pure.

Resources are numbered: `SEATS` are the activity's own, the others its quotas. What a registration needs is a number of
places of each; it gets all of them or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from services.chassis.rules.refusal import Refusal

SEATS = 0
Needs = Mapping[int, int]


@dataclass(frozen=True)
class Choice:
    """What a registration chose: how many come along, and the numbers of options."""

    companions: int = 0
    options: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        """The size of the party."""
        return 1 + self.companions


@dataclass(frozen=True)
class Group:
    """Options of which one chooses from `least` to `most`."""

    number: int
    name: str
    least: int
    most: int


@dataclass(frozen=True)
class Option:
    """Something to choose, with the numbers of the quotas it takes a place of."""

    number: int
    name: str
    group: int
    quotas: tuple[int, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class Form:
    """What can be chosen for an activity; `names` are those of its quotas."""

    most_companions: int = 0
    groups: Sequence[Group] = ()
    options: Mapping[int, Option] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


NO_FORM = Form()
NO_CHOICE = Choice()


def companions_are_within_the_limit(choice: Choice, form: Form) -> Refusal | None:
    """Not more may come along than the activity says."""
    if choice.companions <= form.most_companions:
        return None
    return Refusal(
        "options.companions_are_within_the_limit",
        f"At most {form.most_companions} may come along.",
        "companions",
        {"most": form.most_companions},
    )


def options_are_offered(choice: Choice, form: Form) -> Refusal | None:
    """Every option is one of the activity's, named once, and not closed."""
    known = all(number in form.options and not form.options[number].closed for number in choice.options)
    if known and len(set(choice.options)) == len(choice.options):
        return None
    return Refusal("options.options_are_offered", "One of the options is not offered any more.", "options")


def groups_are_answered(choice: Choice, form: Form) -> Refusal | None:
    """Of each group as many options are chosen as it asks for."""
    chosen = Counter(form.options[number].group for number in choice.options)
    for group in form.groups:
        if not group.least <= chosen[group.number] <= group.most:
            return Refusal(
                "options.groups_are_answered",
                f"Choose from {group.least} to {group.most} of “{group.name}”.",
                "options",
                {"group": group.name, "least": group.least, "most": group.most},
            )
    return None


def refusal_of_choice(choice: Choice, form: Form) -> Refusal | None:
    """Return the first refusal of what was chosen, or None."""
    for rule in (companions_are_within_the_limit, options_are_offered, groups_are_answered):
        refusal = rule(choice, form)
        if refusal is not None:
            return refusal
    return None


def needs_of(choice: Choice, form: Form) -> dict[int, int]:
    """Return the places that a choice takes: a seat for each of the party, and of each option's quotas as many."""
    needs = Counter({SEATS: choice.people})
    for number in choice.options:
        option = form.options.get(number)
        needs.update(dict.fromkeys(option.quotas if option else (), choice.people))
    return dict(needs)


def short_of(needs: Needs, free: Mapping[int, int | None], claimed: Collection[int] = ()) -> frozenset[int]:
    """Return the resources that stand against giving these places.

    Args:
        needs: places by resource.
        free: places left by resource, None without limit.
        claimed: resources that somebody further ahead on the waiting list is short of.
    """
    return frozenset(
        resource for resource, count in needs.items() if resource in claimed or _is_less(free[resource], count)
    )


def can_never_fit(needs: Needs, sizes: Mapping[int, int | None]) -> frozenset[int]:
    """Return the resources that have fewer places, free or taken, than are needed."""
    return frozenset(resource for resource, count in needs.items() if _is_less(sizes[resource], count))


def party_fits(needs: Needs, sizes: Mapping[int, int | None], form: Form) -> Refusal | None:
    """A party that is larger than all places together would wait for ever."""
    short = can_never_fit(needs, sizes)
    if not short:
        return None
    names = "、".join(form.names[resource] for resource in sorted(short) if resource != SEATS)
    detail = "The party is larger than all places there are."
    return Refusal("options.party_fits", detail, "companions", {"people": needs[SEATS], "options": names})


def chosen_options_stay(removed: Collection[str]) -> Refusal | None:
    """Options that somebody chose are closed, not removed."""
    if not removed:
        return None
    return Refusal(
        "options.chosen_options_stay",
        "Somebody chose it; close it instead of removing it.",
        "options",
        {"options": "、".join(sorted(removed))},
    )


def quotas_of_chosen_options_stay(changed: Collection[str]) -> Refusal | None:
    """What an option takes is settled once somebody chose it, because its places are counted by it."""
    if not changed:
        return None
    return Refusal(
        "options.quotas_of_chosen_options_stay",
        "Somebody chose it; the quotas it takes can't change any more.",
        "options",
        {"options": "、".join(sorted(changed))},
    )


def quotas_cover_those_taken(
    name: str, size: int, taken: int, *, move_overflow: bool, waiting_list: bool
) -> Refusal | None:
    """Fewer places than are taken need a waiting list and the organiser's explicit consent."""
    if taken <= size or (move_overflow and waiting_list):
        return None
    return Refusal(
        "options.quotas_cover_those_taken",
        f"{taken} places of “{name}” are taken; {taken - size} people would lose theirs.",
        "quotas",
        {"name": name, "taken": taken, "size": size},
    )


def _is_less(places: int | None, count: int) -> bool:
    return places is not None and places < count
