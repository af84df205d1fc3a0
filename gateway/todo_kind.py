"""The declaration of a kind of to-do: how it is called, where it is done, about whom it is, what is done to many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.chassis.schema import Operation

if TYPE_CHECKING:
    from gateway.subject import NoticeText


def _nothing(_item: Mapping[str, Any]) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True)
class TodoDetails:
    """About whom and what entries of a kind are: asked of the owning service, for all entries shown, as the reader.

    Args:
        operation: a list with the filter `ids`, which takes the entries' subjects.
        name: field of an item with the name of the person.
        member: field of an item with the id of the member, where the list has no name.
        facts: returns further words about an item, in the order shown.
        asks: further values of the request.
    """

    operation: Operation
    name: str | None = None
    member: str | None = None
    facts: Callable[[Mapping[str, Any]], tuple[Any, ...]] = field(default=_nothing)
    asks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TodoBatch:
    """What can be done to many entries of a kind together: a page that lists them first.

    Args:
        endpoint: of the page, without "portal."; it takes a form.
        name: field of the form with the chosen subjects.
        words: of the button.
    """

    endpoint: str
    name: str
    words: Any


@dataclass(frozen=True)
class TodoKind:
    """A kind of to-do.

    Args:
        icon, endpoint: of Bootstrap Icons; of the page on which it is done.
        link: address of its subject for programs, below /api/v1; `{}` is replaced by the subject's id.
        argument: of the page's address that takes the subject's id; None when it takes none.
        about: what is shown beside the text: "activity" for its title, "unit" for the name of the unit.
        words: its text; None for that of `TODO_KINDS` in the contract.
        notice: how its notice reads; None where the words say all.
        roles: of whom it is to be done; empty when any member may have it.
        details: about whom and what each entry is; None where the kind says all.
        batch: what can be done to many at once; None for nothing.
    """

    icon: str
    endpoint: str
    link: str
    argument: str | None = None
    about: str = "unit"
    words: Any = None
    notice: NoticeText | None = None
    roles: frozenset[str] = frozenset()
    details: TodoDetails | None = None
    batch: TodoBatch | None = None
