"""Workflows as data: one table of transitions per subject, and the engine that applies, refuses and draws them.

A subject owns its table; what a transition does besides changing the state belongs in the subject's use cases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from services.chassis.errors import NotAllowed, Refused
from services.chassis.rules.refusal import Refusal

Guard = Callable[[Any, Any], Refusal | None]


@dataclass(frozen=True)
class Transition:
    """One row of a workflow: from `source`, `action` leads to `target`.

    `source` is one state or several. `roles` are those that may do it; empty requires none beyond the operation's own.
    `guard(subject, context)` returns a refusal or None; rows with the same source and action are tried in order.
    """

    source: str | tuple[str, ...]
    action: str
    target: str
    roles: frozenset[str] = field(default_factory=frozenset)
    guard: Guard | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The states this row starts from."""
        return (self.source,) if isinstance(self.source, str) else tuple(self.source)

    def open_to(self, roles: Collection[str] | None) -> bool:
        """Whether these roles may make the transition; None means that any role may."""
        return roles is None or not self.roles or not self.roles.isdisjoint(roles)


class Workflow:
    """A named table of transitions.

    Raises:
        ValueError: at definition, when a state can't be reached from `initial` or a row can never be chosen.
    """

    def __init__(self, name: str, initial: str, transitions: Iterable[Transition]) -> None:
        self.name = name
        self.initial = initial
        self.transitions = tuple(transitions)
        self.states = tuple(dict.fromkeys([initial, *self._mentioned_states()]))
        self._rows: dict[tuple[str, str], list[Transition]] = {}
        for row in self.transitions:
            for source in row.sources:
                self._add_row(source, row)
        self._require_reachable_states()

    @property
    def final_states(self) -> tuple[str, ...]:
        """The states without outgoing transition."""
        leaving = {source for source, _ in self._rows}
        return tuple(state for state in self.states if state not in leaving)

    def legal(self, state: str, roles: Collection[str] | None = None) -> tuple[str, ...]:
        """Return the actions possible in `state`, in table order; guards are not called.

        Args:
            state: the present state.
            roles: return only actions of these roles; None returns all.
        """
        actions = [
            action
            for (source, action), rows in self._rows.items()
            if source == state and any(row.open_to(roles) for row in rows)
        ]
        return tuple(dict.fromkeys(actions))

    def apply(
        self, state: str, action: str, *, roles: Collection[str] | None, subject: Any = None, context: Any = None
    ) -> str:
        """Return the state that `action` leads to.

        Args:
            state: the present state.
            action: the transition asked for.
            roles: the caller's roles; None when the system makes the transition.
            subject: the object of the workflow, passed to the guards.
            context: other data for the guards (the day, counts).

        Raises:
            Refused: the transition is not in the table (rule `workflow.<name>`, with the legal ones), or the guards
                of all matching rows refused (with the first guard's rule).
            NotAllowed: the transition exists, for other roles.
            ValueError: `state` is no state of this workflow.
        """
        if state not in self.states:
            raise ValueError(f"{state!r} is no state of the workflow {self.name}")
        rows = self._rows.get((state, action))
        if not rows:
            raise self._illegal(state, action, roles)
        open_rows = [row for row in rows if row.open_to(roles)]
        if not open_rows:
            raise self._not_for_these_roles(state, action, rows)
        refusals = []
        for row in open_rows:
            refusal = row.guard(subject, context) if row.guard else None
            if refusal is None:
                return row.target
            refusals.append(refusal)
        raise _guarded(refusals[0], self.legal(state, roles))

    def mermaid(self) -> str:
        """Return the workflow as a Mermaid state diagram, as in the README of the service."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        arrows = [(source, row.target, _label(row)) for row in self.transitions for source in row.sources]
        ordered = sorted(arrows, key=lambda arrow: (self.states.index(arrow[0]), self.states.index(arrow[1])))
        for (source, target), labelled in groupby(ordered, key=lambda arrow: arrow[:2]):
            labels = dict.fromkeys(label for _, _, label in labelled)
            lines.append(f"    {source} --> {target}: {' / '.join(labels)}")
        lines += [f"    {state} --> [*]" for state in self.final_states]
        return "\n".join(lines) + "\n"

    def _mentioned_states(self) -> Iterable[str]:
        for row in self.transitions:
            yield from row.sources
            yield row.target

    def _add_row(self, source: str, row: Transition) -> None:
        rows = self._rows.setdefault((source, row.action), [])
        for earlier in rows:
            if earlier.guard is None and (not earlier.roles or (row.roles and row.roles <= earlier.roles)):
                raise ValueError(f"workflow {self.name}: a row for {row.action} from {source} can never be chosen")
        rows.append(row)

    def _require_reachable_states(self) -> None:
        reached, pending = {self.initial}, [self.initial]
        while pending:
            state = pending.pop()
            for (source, _), rows in self._rows.items():
                if source == state:
                    fresh = {row.target for row in rows} - reached
                    reached |= fresh
                    pending.extend(fresh)
        if lost := [state for state in self.states if state not in reached]:
            raise ValueError(f"workflow {self.name}: unreachable from {self.initial}: {', '.join(lost)}")

    def _illegal(self, state: str, action: str, roles: Collection[str] | None) -> Refused:
        legal = self.legal(state, roles)
        open_moves = f"legal now: {', '.join(legal)}" if legal else "nothing more can be done"
        return Refused(
            f"{self.name}: {action} is not possible in state {state}; {open_moves}",
            rule=f"workflow.{self.name}",
            params={"state": str(state), "action": str(action), "legal": list(legal)},
        )

    def _not_for_these_roles(self, state: str, action: str, rows: list[Transition]) -> NotAllowed:
        needed = sorted({role for row in rows for role in row.roles})
        return NotAllowed(
            f"{self.name}: {action} in state {state} is for: {', '.join(needed)}",
            rule=f"workflow.{self.name}",
            params={"state": str(state), "action": str(action), "roles": needed},
        )


def _guarded(refusal: Refusal, legal: tuple[str, ...]) -> Refused:
    return Refused.by(replace(refusal, params={**refusal.params, "legal": list(legal)}))


def _label(row: Transition) -> str:
    return f"{row.action} ({', '.join(sorted(row.roles))})" if row.roles else row.action
