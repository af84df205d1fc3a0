"""Every step a history can hold has words; a new one without them fails here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from gateway.portal import figure_words
from gateway.portal.history_words import activity_value, value_words
from gateway.portal.messages import explain
from gateway.portal.words import texts_of
from services.activities.calendar.workflow import ACTIVITY
from services.activities.registration.workflow import REGISTRATION
from services.chassis.errors import Refused
from services.contracts.activities.calendar.operations import UpdateActivity
from services.contracts.activities.calendar.shapes import ACTIVITY_FIELDS, Activity
from services.contracts.governance.rulebook.keys import RULE_KEYS
from services.contracts.membership.joining.applications import APPLICATION_STEPS
from services.contracts.membership.organisation.unit_changes import UNIT_HISTORY_KINDS
from services.contracts.membership.record.fields import BY_NAME, MEMBER_FIELDS
from services.contracts.membership.record.shapes import Member
from services.contracts.membership.standing.shapes import CHANGE_REASONS, STANDING_CHANGES
from services.contracts.membership.transfer import TRANSFER_STEPS
from services.contracts.vocabulary import WORKFLOW_ACTIONS
from services.contracts.welfare.visits.shapes import VISIT_STATES, VISIT_STEPS
from services.membership.joining.workflow import JOINING
from services.membership.transfer.workflow import TRANSFER
from services.welfare.recuperation.workflow import APPLICATION, TRIP
from services.welfare.visits.workflow import VISIT
from tests.architecture.source import modules_in

MEMBERSHIP = "services/membership"
REASON_AT = {"note_change": 3, "set_standing": 3, "admit": 2, "note_and_apply": 3}
"""Which argument of what writes a history says why."""
NOT_SHOWN = {"assigned"}
"""Reasons in histories that no page shows."""
CHINESE = re.compile("[\u4e00-\u9fff]")


def calls(*names: str, below: str = "services") -> Iterator[ast.Call]:
    """Yield the calls of functions of these names."""
    for module in modules_in(below):
        yield from (call for name, call in module.calls if name in names)


def texts(node: ast.AST) -> set[str]:
    """Return the words written in a part of the code."""
    return {
        part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }  # fmt: skip


def steps_noted() -> set[str]:
    """Return the words that visits note as steps, read from the calls that note them."""
    found = set()
    for call in calls("note_step", below="services/welfare/visits"):
        found |= texts(call.args[2])
    return found


def test_the_steps_are_found():
    assert {"reassigned", "evidence", "late_evidence", "claimed_again"} <= steps_noted()


@pytest.mark.parametrize("step", sorted({*VISIT_STATES, *steps_noted()}))
def test_a_step_of_a_visit_has_words(step):
    assert step in texts_of(VISIT_STEPS)


@pytest.mark.parametrize("action", sorted({row.action for row in JOINING.transitions}))
def test_a_step_of_an_application_has_words(action):
    assert action in texts_of(APPLICATION_STEPS)


@pytest.mark.parametrize("action", sorted({row.action for row in TRANSFER.transitions}))
def test_a_step_of_a_transfer_has_words(action):
    assert action in texts_of(TRANSFER_STEPS)


WORKFLOWS = (ACTIVITY, REGISTRATION, JOINING, TRANSFER, VISIT, TRIP, APPLICATION)
BY_THE_SYSTEM = {
    "lapse", "take_effect", "take_seat", "wait", "offer", "move_up", "move_back", "complete_after_all", "record_claim",
    "ask", "queue",
    "close_when_complete", "reverse_claim", "draw_in", "put_on_waiting_list", "lose_place", "travel", "stay_away",
}  # fmt: skip


@pytest.mark.parametrize("action", sorted({row.action for flow in WORKFLOWS for row in flow.transitions}))
def test_a_step_that_people_make_has_words(action):
    assert (action in WORKFLOW_ACTIONS) != (action in BY_THE_SYSTEM)


def test_a_refusal_names_the_steps_that_people_can_make(portal):
    with portal.test_request_context():
        refused = Refused("no", rule="workflow.transfer", params={"legal": ["release", "withdraw", "lapse"]})
        assert [str(step) for step in explain(refused)["legal"]] == ["同意调出", "撤回"]


def constants(module: ast.Module) -> dict[str, ast.expr]:
    """Return what the names of a module stand for that are given once and for all."""
    assigned = (node for node in module.body if isinstance(node, ast.Assign))
    return {node.targets[0].id: node.value for node in assigned if isinstance(node.targets[0], ast.Name)}


def reasons_noted() -> set[str]:
    """Return the reasons that services write themselves."""
    found = set()
    for module in modules_in("services"):
        named = constants(module.tree)
        for name, call in module.calls:
            if (place := REASON_AT.get(name)) is None:
                continue
            given = call.args[place] if len(call.args) > place else None
            given = named.get(given.id) if isinstance(given, ast.Name) else given
            if isinstance(given, ast.Constant | ast.IfExp):
                found |= texts(given)
    return found - NOT_SHOWN


def fields_noted(subject: str, below: str) -> set[str]:
    """Return the fields that changes of a subject name in the code."""
    found = set()
    for call in calls("note_change", below=below):
        if any(part.startswith(subject) for part in texts(call.args[1])) or subject == "":
            pairs = call.args[2]
            keys = pairs.keys if isinstance(pairs, ast.Dict) else ()
            found |= {key.value for key in keys if isinstance(key, ast.Constant)}
    return found


def choices(schema: type, besides: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return field and word for each word that a field of a schema may hold."""
    return [
        (name, word)
        for name, field in sorted(schema().fields.items())
        for check in field.validators
        for word in getattr(check, "choices", ())
        if name not in besides
    ]


def test_what_is_read_from_the_code_is_found():
    assert {"dues exemption", "transfer refused", "admitted from a roster"} <= reasons_noted()
    assert {"imported from a roster", "from the HR system"} <= reasons_noted()
    assert {"honour", "card_serial", "family", "consent"} <= fields_noted("member/", MEMBERSHIP)
    assert ("kind", "lecture") in choices(Activity) or len(choices(Activity)) > 5


@pytest.mark.parametrize("reason", sorted(reasons_noted()))
def test_a_reason_a_service_writes_has_words(reason):
    assert reason in CHANGE_REASONS


def member_fields() -> set[str]:
    changes = calls("set_standing", below=MEMBERSHIP)
    standing = {keyword.arg for call in changes for keyword in call.keywords if keyword.arg}
    files = {name for name in texts_of(MEMBER_FIELDS) if name.startswith("file.")}
    return {
        *BY_NAME,
        *fields_noted("member/", MEMBERSHIP),
        *(one for one in standing if one),
        "standing",
        *files,
    }


@pytest.mark.parametrize("field", sorted(member_fields()))
def test_a_field_of_a_record_has_words(field):
    assert field in texts_of(MEMBER_FIELDS)


@pytest.mark.parametrize("field", sorted({*UpdateActivity().fields, *fields_noted("", "services/activities/calendar")}))
def test_a_field_of_an_activity_has_words(field):
    told_elsewhere = {"activity_id", "version", "reason", "move_overflow"}
    assert field in told_elsewhere or field in texts_of(ACTIVITY_FIELDS)


@pytest.mark.parametrize(("field", "word"), choices(Member))
def test_a_word_a_record_holds_is_said_in_words(portal, field, word):
    with portal.test_request_context():
        said = str(value_words(field, word))
    assert CHINESE.search(said), said


@pytest.mark.parametrize(("field", "word"), choices(Activity, besides=("cancel_reason_code",)))
def test_a_word_an_activity_holds_is_said_in_words(portal, field, word):
    with portal.test_request_context():
        said = activity_value(field, word)
    assert CHINESE.search(said), said


@pytest.mark.parametrize(("known", "word"), [(known, word) for known in RULE_KEYS for word in known.words])
def test_a_word_of_a_rule_is_said_in_words(portal, known, word):
    with portal.test_request_context():
        said = figure_words.figure(known.key.replace("*", "birth"), [word])
    assert CHINESE.search(said), said


@pytest.mark.parametrize(("known", "scope"), [(known, scope) for known in RULE_KEYS for scope in known.scopes])
def test_a_scope_of_a_rule_is_said_in_words(portal, known, scope):
    with portal.test_request_context():
        assert CHINESE.search(figure_words.rule_change_value(known.key, "scope", scope))


def test_a_history_of_a_rule_is_said_in_words(portal):
    with portal.test_request_context():
        assert figure_words.rule_change_value("benefit.birth.cap", "value", "800") == "¥800.00"
        assert figure_words.rule_change_value("entitlement.items", "scope", "") == "—"
        assert figure_words.figure("joining.unconfirmed_days", 60) == "60 天"
        assert figure_words.figure("retention.contact", 6) == "6 个月"


@pytest.mark.parametrize("kind", STANDING_CHANGES)
def test_a_change_of_standing_has_words(kind):
    assert kind in texts_of(STANDING_CHANGES)


@pytest.mark.parametrize("kind", UNIT_HISTORY_KINDS)
def test_an_entry_of_a_unit_s_history_has_words(kind):
    assert kind in texts_of(UNIT_HISTORY_KINDS)
