"""Menus: what a member sees at the top and at the bottom of a phone, what each role sees in the console."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Entry:
    """One entry of a menu: the page it opens, and the pages that count as being there, by name or by their paths."""

    endpoint: str
    words: Any
    icon: str
    roles: frozenset[str] = frozenset()
    tab: bool = False
    also: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    counts: bool = False


@dataclass(frozen=True)
class Shown:
    """An entry as a page shows it."""

    words: Any
    icon: str
    address: str
    here: bool
    tab: bool
    count: int


@dataclass(frozen=True)
class Group:
    """Entries of the console that belong together."""

    words: Any
    entries: list[Shown]


_ALL = frozenset({"officer", "chair", "auditor"})
_OFFICE = frozenset({"officer", "auditor"})

MEMBER = (
    Entry("home", _l("首页"), "house", tab=True),
    Entry("activities", _l("活动"), "ticket-perforated", also=("activity", "cancel_own_registration")),
    Entry("calendar", _l("日历"), "calendar3"),
    Entry("todos_page", _l("待办"), "list-check", tab=True, counts=True),
    Entry("messages", _l("消息"), "bell", tab=True),
    Entry(
        "me",
        _l("我的"),
        "person",
        tab=True,
        below=("/me/", "/life-events"),
    ),
)

CONSOLE: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (None, (Entry("workbench", _l("工作台"), "speedometer2", _ALL),)),
    (
        _l("会员"),
        (
            Entry(
                "applications",
                _l("入会审核"),
                "person-plus",
                _ALL,
                also=(
                    "application",
                    "propose",
                    "approval_run",
                    "joining",
                    "new_wording",
                    "new_series",
                    "unconfirmed_applications",
                ),
            ),
            Entry(
                "members",
                _l("会员"),
                "people",
                _ALL,
                also=("member", "edit_member", "member_standing", "decide_standing", "member_files"),
            ),
            Entry(
                "transfers", _l("转会"), "arrow-left-right", _ALL, also=("transfer", "new_transfer", "note_transfer_in")
            ),
            Entry("retirements", _l("荣休"), "sunset", _ALL),
            Entry("standing_changes", _l("会籍变动"), "clock-history", _ALL),
            Entry("imports", _l("名册导入"), "file-earmark-arrow-up", frozenset({"officer"}), also=("import_",)),
            Entry("member_accounts", _l("会员账号"), "key", frozenset({"officer", "chair"})),
            Entry("hr_differences", _l("人事同步"), "arrow-repeat", _OFFICE, also=("hr_difference", "hr_rounds")),
            Entry(
                "organisation",
                _l("组织"),
                "diagram-3",
                _ALL,
                also=("unit", "new_unit", "edit_unit", "new_post", "ending_terms", "merge", "split", "move_part"),
            ),
            Entry("awards", _l("荣誉表彰"), "award", _OFFICE, also=("new_award", "new_honour")),
        ),
    ),
    (
        _l("活动与计划"),
        (
            Entry(
                "console_activities",
                _l("活动"),
                "calendar-event",
                _ALL,
                also=("console_activity", "new_activity", "edit_activity"),
            ),
            Entry(
                "plan",
                _l("年度计划"),
                "card-checklist",
                _ALL,
                also=("plan_item", "begin_year", "new_plan_item", "edit_plan_item"),
            ),
        ),
    ),
    (
        _l("福利"),
        (
            Entry(
                "visits",
                _l("走访"),
                "heart-pulse",
                _ALL,
                also=("visit", "report_event", "visit_types", "new_visit_type", "edit_visit_type"),
            ),
            Entry("birthdays", _l("生日慰问"), "cake2", _ALL),
        ),
    ),
    (
        _l("经费"),
        (
            Entry(
                "dues",
                _l("会费"),
                "piggy-bank",
                _ALL,
                also=(
                    "charge",
                    "without_base",
                    "dues_arrears",
                    "dues_files",
                    "dues_file",
                    "dues_refunds",
                    "dues_credits",
                    "member_dues",
                ),
            ),
            Entry(
                "funds",
                _l("经费账目"),
                "cash-stack",
                _OFFICE,
                also=("fund_entry", "new_expense", "new_income", "verify"),
            ),
            Entry("budget", _l("预算"), "journal-check", _OFFICE, also=("edit_line",)),
            Entry("fund_refusals", _l("被拒支出"), "exclamation-triangle", _OFFICE),
        ),
    ),
    (
        _l("个人信息"),
        (
            Entry("corrections", _l("更正申请"), "pencil-square", _OFFICE, also=("correction",)),
            Entry("retention", _l("到期清除"), "clock-history", _OFFICE),
            Entry("breach", _l("泄露通知名单"), "shield-lock", frozenset({"officer"})),
        ),
    ),
    (
        _l("系统"),
        (
            Entry("rules", _l("制度标准"), "sliders", _OFFICE, also=("rule", "new_rule")),
            Entry("jobs", _l("任务中心"), "list-task", _ALL | {"ops"}, also=("job",)),
            Entry(
                "failed_events",
                _l("未处理事件"),
                "exclamation-triangle",
                frozenset({"officer", "ops"}),
                also=("failed_event",),
            ),
            Entry("programs", _l("系统账号"), "key", frozenset({"officer", "ops"}), also=("program", "new_program")),
        ),
    ),
)


def member_menu(todo_count: int = 0) -> list[Shown]:
    """Return the member's menu."""
    return [_shown(entry, todo_count) for entry in MEMBER]


def console_menu(roles: frozenset[str]) -> list[Group]:
    """Return the console's menu for these roles; empty for whoever has no business there."""
    groups = [(words, [_shown(entry) for entry in entries if entry.roles & roles]) for words, entries in CONSOLE]
    return [Group(words, entries) for words, entries in groups if entries]


def _shown(entry: Entry, todo_count: int = 0) -> Shown:
    endpoint = (request.endpoint or "").removeprefix("portal.")
    return Shown(
        words=entry.words,
        icon=entry.icon,
        address=url_for(f"portal.{entry.endpoint}"),
        here=endpoint in (entry.endpoint, *entry.also) or request.path.startswith(entry.below),
        tab=entry.tab,
        count=todo_count if entry.counts else 0,
    )
