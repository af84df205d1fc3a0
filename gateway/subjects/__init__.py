"""All subjects of the gateway, in the order of the menus."""

from __future__ import annotations

from gateway.subject import Subjects
from gateway.subjects.activities import activities
from gateway.subjects.governance import awards, funds, plan, rulebook
from gateway.subjects.membership import (
    cards,
    dues,
    honours,
    hr_sync,
    imports,
    joining,
    organisation,
    privacy,
    record,
    standing,
)
from gateway.subjects.own import (
    accounts,
    calendar_feeds,
    codes,
    failed_events,
    home,
    jobs,
    live,
    notices,
    permissions,
    problems,
    programs,
    saved_filters,
    search,
    second_factors,
    sessions,
    union_profile,
)
from gateway.subjects.welfare import (
    birthdays,
    care,
    charity,
    decisions,
    entitlements,
    examinations,
    payments,
    programmes,
    recuperation,
    statement,
    visits,
)

SUBJECTS = Subjects(
    module.SUBJECT
    for module in (
        sessions,
        home,
        codes,
        notices,
        saved_filters,
        joining,
        record,
        cards,
        standing,
        imports,
        accounts,
        hr_sync,
        organisation,
        honours,
        awards,
        activities,
        plan,
        visits,
        birthdays,
        care,
        programmes,
        recuperation,
        charity,
        examinations,
        entitlements,
        statement,
        payments,
        decisions,
        dues,
        funds,
        privacy,
        rulebook,
        programs,
        second_factors,
        union_profile,
        permissions,
        search,
        calendar_feeds,
        jobs,
        live,
        failed_events,
        problems,
    )
)
