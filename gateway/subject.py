"""The declaration of a subject, which the app, the event service, menus, exports and tests iterate over.

A subject is a part of a service with a name that users know, such as awards or visits. Adding one changes its own
folder and one line in `gateway.subjects`; nothing is imported by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from flask import Flask, current_app

from gateway.help import Help
from gateway.job_kind import JobKind as JobKind
from gateway.todo_kind import TodoBatch as TodoBatch
from gateway.todo_kind import TodoDetails as TodoDetails
from gateway.todo_kind import TodoKind as TodoKind
from services.chassis.schema import Event, Vocabulary

if TYPE_CHECKING:
    from gateway.code_kind import CodeKind
    from gateway.http.routes import Route
    from gateway.portal.exporting import Exportable
    from gateway.portal.list_pages import ListPage
    from gateway.portal.page_table import PageTable
    from gateway.search_kind import SearchKind

_EXTENSION = "gonghui_subjects"
_Kind = TypeVar("_Kind")


@dataclass(frozen=True)
class MenuItem:
    """An entry of a menu: the page it opens, and the pages for which it is marked as current.

    Args:
        endpoint: of the page, without "portal.".
        words: its text.
        icon: of Bootstrap Icons.
        group: of the console's menu, a key of `navigation.GROUPS`; "member" is the member's own menu, a key of
            `navigation.OWN_GROUPS` stands on the page of what is one's own.
        roles: who sees it in the console.
        tab: whether it is shown at the bottom on phones.
        also: further endpoints for which it is marked as current.
        below: prefixes of paths for which it is marked as current.
        counts: whether the number of open to-dos is shown beside it.
    """

    endpoint: str
    words: Any
    icon: str
    group: str
    roles: frozenset[str] = frozenset()
    tab: bool = False
    also: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    counts: bool = False


@dataclass(frozen=True)
class NoticeText:
    """How a notice about an entry of a to-do list or timeline reads.

    Args:
        text: a sentence, a format string over the entry's params and, where it is about an activity, its `title`.
        private: whether nothing is said outside of the portal but that something is there; otherwise the kind's words,
            the title and this sentence are.
    """

    text: Any
    private: bool = True


@dataclass(frozen=True)
class NewsKind:
    """A kind of message on a member's timeline.

    Args:
        words: its text.
        icon: of Bootstrap Icons.
        endpoint: of the page that shows more.
        argument: of the page's address that takes the subject's id; None when it takes none.
        shade: returns a more exact text for the entry's parameters, or None.
        titled: whether the subject is an activity, whose title is shown beside the text.
        notice: how its notice reads; None where the words say all.
        details: returns by subject id, from a list of them, values of the notice's text, among them the `title`.
    """

    words: Any
    icon: str
    endpoint: str
    argument: str | None = None
    shade: Callable[[Mapping[str, Any]], str | None] | None = None
    titled: bool = False
    notice: NoticeText | None = None
    details: Callable[[list[UUID]], Mapping[str, Mapping[str, str]]] | None = None


@dataclass(frozen=True)
class Reaction:
    """A function of the read models that handles an event.

    Args:
        event: the class of the event.
        handle: called as `handle(tx, event)` for each, or with a list when `batch`.
        batch: whether `handle` gets all that arrived together.
    """

    event: type[Event]
    handle: Callable[..., None]
    batch: bool = False


def each(handle: Callable[..., None], *events: type[Event], batch: bool = False) -> tuple[Reaction, ...]:
    """Return the same reaction to several events."""
    return tuple(Reaction(event, handle, batch) for event in events)


@dataclass(frozen=True)
class Subject:
    """One subject, with everything the gateway needs of it.

    Args:
        name: of its part of the API document.
        description: of its part of the API document.
        routes: of the HTTP API.
        pages: tables of its pages.
        menu: its entries of the menus.
        rules: rule → (its assertion, the message of a refusal).
        input_errors: code of an input error → its message; a rule's name where a field has a message of its own.
        steps: workflow → its steps in words, where the shared words (`WORKFLOW_ACTIONS`) do not fit.
        todos: kinds of to-dos it opens.
        news: kinds of messages it puts on timelines.
        exports: lists that can be had as a file, by the name in the address, beside those of its list pages.
        reactions: what its read models do with events.
        jobs: kinds of long work it asks for.
        search: what can be found of it.
        codes: kinds of codes it issues, which the scanner reads.
        help: what people are told of it on its pages and in the handbook; None for subjects without pages of their own.
        templates: folder of its templates; None when they stand with the portal's.
    """

    name: str
    description: str | None = None
    routes: tuple[Route, ...] = ()
    pages: tuple[PageTable, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    rules: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    input_errors: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Vocabulary] = field(default_factory=dict)
    todos: Mapping[str, TodoKind] = field(default_factory=dict)
    news: Mapping[str, NewsKind] = field(default_factory=dict)
    exports: Mapping[str, Exportable] = field(default_factory=dict)
    reactions: tuple[Reaction, ...] = ()
    jobs: tuple[JobKind, ...] = ()
    search: tuple[SearchKind, ...] = ()
    codes: tuple[CodeKind, ...] = ()
    help: Help | None = None
    templates: Path | None = None


class Subjects(Sequence[Subject]):
    """All subjects of an app, in the order of the menus, with their merged tables."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._subjects = tuple(subjects)

    def __getitem__(self, place: Any) -> Any:
        return self._subjects[place]

    def __len__(self) -> int:
        return len(self._subjects)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Every route of the API."""
        return tuple(route for subject in self for route in subject.routes)

    @cached_property
    def menu(self) -> tuple[MenuItem, ...]:
        """Entries of all menus."""
        return tuple(item for subject in self for item in subject.menu)

    @cached_property
    def rules(self) -> Mapping[str, tuple[Any, Any]]:
        """The words of all rules."""
        return _together("rule", [subject.rules for subject in self])

    @cached_property
    def input_errors(self) -> Mapping[str, Any]:
        """The words of all input errors of subjects."""
        return _together("input error", [subject.input_errors for subject in self])

    @cached_property
    def steps(self) -> Mapping[str, Vocabulary]:
        """The steps of workflows in words."""
        return _together("workflow", [subject.steps for subject in self])

    @cached_property
    def todos(self) -> Mapping[str, TodoKind]:
        """Kinds of to-dos by name."""
        return _together("kind of to-do", [subject.todos for subject in self])

    @cached_property
    def news(self) -> Mapping[str, NewsKind]:
        """Kinds of messages by name."""
        return _together("kind of message", [subject.news for subject in self])

    @cached_property
    def notices(self) -> Mapping[str, NewsKind | TodoKind]:
        """Kinds of notices by name: of to-dos, and of messages, which tell of an event that has both."""
        return {**self.todos, **self.news}

    @cached_property
    def lists(self) -> Mapping[str, ListPage]:
        """List pages by endpoint."""
        pages = (page for subject in self for table in subject.pages for page in table.lists)
        return {page.endpoint: page for page in pages}

    @cached_property
    def exports(self) -> Mapping[str, Exportable]:
        """Lists that can be exported, by name."""
        lists = {page.export_name: page.exportable for page in self.lists.values() if page.exportable is not None}
        return _together("export", [lists, *(subject.exports for subject in self)])

    @cached_property
    def jobs(self) -> Mapping[str, JobKind]:
        """Kinds of long work by name."""
        return _together("kind of job", [{kind.name: kind for kind in subject.jobs} for subject in self])

    @cached_property
    def search(self) -> Mapping[str, SearchKind]:
        """What can be found, by name."""
        return _together("kind of search", [{kind.name: kind for kind in subject.search} for subject in self])

    @cached_property
    def codes(self) -> Mapping[str, CodeKind]:
        """Kinds of codes by name."""
        return _together("kind of codes", [{kind.name: kind for kind in subject.codes} for subject in self])

    @cached_property
    def help(self) -> Mapping[str, Help]:
        """What is told of each subject, by its name, in the order of the subjects."""
        return {subject.name: subject.help for subject in self if subject.help is not None}

    @cached_property
    def help_of_page(self) -> Mapping[str, str]:
        """The name of the subject that tells of a page, by the page's endpoint."""
        told = [subject for subject in self if subject.help is not None]
        return {name: subject.name for subject in told for table in subject.pages for name in table.endpoints}

    @cached_property
    def icons(self) -> frozenset[str]:
        """Icons of menus, to-dos, messages and results."""
        of_kinds = {kind.icon for kinds in (self.todos, self.news, self.search) for kind in kinds.values()}
        return frozenset(of_kinds | {item.icon for item in self.menu})


def _together(what: str, tables: list[Mapping[str, _Kind]]) -> Mapping[str, _Kind]:
    """Merge several tables. Raises `ValueError` when two have the same key."""
    together: dict[str, _Kind] = {}
    for table in tables:
        if twice := together.keys() & table.keys():
            raise ValueError(f"{what} declared twice: {', '.join(sorted(twice))}")
        together.update(table)
    return together


def install(app: Flask, subjects: Subjects) -> None:
    """Attach the subjects to the app."""
    app.extensions[_EXTENSION] = subjects


def installed(app: Flask | None = None) -> Subjects:
    """Return the subjects of an app, by default of the current one."""
    subjects: Subjects = (app or current_app).extensions[_EXTENSION]
    return subjects
