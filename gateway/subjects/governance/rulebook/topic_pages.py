"""The missing rules of one topic, set together: one document often gives all figures that a kind of work goes by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gateway.portal.figure_words import typed, value_fields
from gateway.portal.form_fields import Field
from gateway.portal.forms import Form
from gateway.portal.look_ups import line_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.refusals import name_of_rule
from gateway.portal.rule_messages.figures import TOPICS
from gateway.portal.service_calls import attempt, go
from gateway.rpc.calls import call
from gateway.subjects.governance.rulebook.missing import missing_rules
from gateway.subjects.governance.rulebook.settable import DOCUMENT
from services.chassis.clock import today
from services.chassis.errors import NotFound
from services.contracts.governance.rulebook.keys import RuleKey, rule_key
from services.contracts.governance.rulebook.operations import SetRule, set_rule

PAGES = PageTable()


@dataclass(frozen=True)
class Figure:
    """A missing rule on the page: its key, and the form of its value."""

    key: str
    known: RuleKey
    form: Form

    @property
    def filled(self) -> bool:
        """Whether a value was given."""
        return any(value not in (None, "", []) for value in self.form.payload().values())


@PAGES.route("/console/rules/topics/<topic>", methods=["GET", "POST"])
@only("officer")
def rules_of_topic(topic: str) -> str | Response | tuple[str, int]:
    """Show the missing rules of a topic with one document for all; set those that were given a value."""
    if topic not in TOPICS:
        raise NotFound("There is no such topic.")
    posted = request.form if request.method == "POST" else None
    document = Form(SetRule, DOCUMENT, values={"valid_from": today().isoformat()}, posted=posted)
    figures = _figures(topic, posted)
    if posted is not None and _set(figures, document):
        return go(url_for("portal.rules", topic=topic))
    page = render_template(
        "portal/console/rules_of_topic.html", title=TOPICS[topic], document=document, figures=figures, topic=topic
    )
    return page if posted is None else (page, 422)


def _figures(topic: str, posted: Any) -> list[Figure]:
    """Return the missing rules of a topic, and where they were posted, those that were on the page."""
    missing = missing_rules(topic)["missing"].get(topic, [])
    found = [one["key"] for one in missing if posted is None or one["key"] in posted.getlist("key")]
    lines = line_choices() if found else {}
    return [_figure(key, lines, posted) for key in found]


def _figure(key: str, lines: Mapping[str, Any], posted: Any) -> Figure:
    known = rule_key(key)
    assert known is not None
    inside = f"{key}/"
    own = MultiDict(
        (name.removeprefix(inside), value) for name, value in posted.items(multi=True) if name.startswith(inside)
    ) if posted is not None else None  # fmt: skip
    fields = [_named(field, key) for field in value_fields(known, lines)]
    form = Form(SetRule, fields, posted=own, prefix=f"{key.replace('.', '-')}-", inside=inside)
    return Figure(key, known, form)


def _named(field: Field, key: str) -> Field:
    """Return the control of a value, called by its rule; what it was called tells the unit."""
    if field.name != "value":
        return replace(field, required=False)
    hint = gettext("%(what)s：%(hint)s", what=field.label, hint=field.hint) if field.hint else None
    return replace(field, label=name_of_rule(key) or key, hint=hint, required=False)


def _set(figures: list[Figure], document: Form) -> bool:
    """Set the rules that were given a value, one after another; whether all that were given are set."""
    given = [one for one in figures if one.filled]
    if not given:
        flash(gettext("请至少填写一项标准。"), "problem")
        return False
    done = 0
    for one in given:
        payload = {**typed(one.known, one.form.payload()), **document.payload(), "key": one.key}
        done += attempt(one.form, partial(_send, payload)) is not None
    elsewhere = (one for one in given if not any(spec.name in one.form.errors for spec in one.form.specs))
    wrong = next((one.form.problem for one in elsewhere if one.form.problem is not None), None)
    if wrong is not None:
        document.take(wrong)
    if done:
        flash(gettext("已设定 %(count)s 项标准，用到它们的服务会在几秒内按新标准办理。", count=done), "done")
    return done == len(given)


def _send(payload: dict[str, Any]) -> dict[str, Any]:
    once = request.form.get("once", "")[:40]
    return call(set_rule, payload, idempotency_key=f"{once}.{payload['key']}" if once else None)
