"""The pages, a module per subject: each view reads what it shows, or gives one command and sends the browser on."""

from __future__ import annotations

from importlib import import_module

MODULES = (
    "front", "account", "join", "follow", "member.home", "member.activities", "member.calendar", "member.me",
    "member.record", "member.life_events", "console.workbench", "console.applications", "console.newcomers",
    "console.members", "console.member", "console.organisation", "console.posts", "console.activities",
    "member.family", "member.privacy", "member.corrections", "console.corrections", "console.retention",
    "console.awards", "console.activity", "console.plan", "console.visits", "console.visit", "console.birthdays",
    "console.funds", "console.budget", "console.refusals", "console.jobs", "console.failed_events",
    "member.membership", "console.transfers", "console.retirement", "console.standing",
    "console.unit_changes", "console.unit_split",
    "console.ending_terms",
    "console.imports", "console.import_", "console.exports",
    "console.dues", "console.dues_files", "console.dues_member", "member.dues",
    "application_files", "verify", "member.card", "member.files", "console.approvals",
    "console.joining", "console.cards", "console.accounts", "open_account", "console.plan_writing",
    "console.hr", "console.rulebook", "console.visit_types", "console.unconfirmed", "console.programs",
)  # fmt: skip


def load_pages() -> None:
    """Import every page, so that its address stands on the blueprint."""
    for module in MODULES:
        import_module(f"gateway.portal.pages.{module}")
