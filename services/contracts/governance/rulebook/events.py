"""Events of the dated rules, from which services that use the rules keep copies."""

from marshmallow import fields

from services.chassis.schema import Event, Schema


class RuleData(Schema):
    """A whole dated rule: its value, its first and last day, and its document.

    `value` is a text for an amount or a share, a number for a count of months, a list for a choice of words. `scope` is
    null when the rule applies to everyone. `ruleset` is the source of the rule: `own` is the union's. Both days are
    inclusive; `valid_to` is null while no end is known. `basis` is what the value is counted by; `qualifiers` narrow
    the rule down (`destination=paired_aid`, several with semicolons between), empty for none; `certainty` says how sure
    a shipped figure is. Events of earlier releases lack these three.
    """

    rule_id = fields.UUID(required=True)
    key = fields.String(required=True)
    scope = fields.String(allow_none=True, load_default=None)
    value = fields.Raw(required=True)
    unit = fields.String(required=True)
    ruleset = fields.String(required=True)
    title = fields.String(required=True)
    number = fields.String(allow_none=True, load_default=None)
    article = fields.String(allow_none=True, load_default=None)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(allow_none=True, load_default=None)
    basis = fields.String(allow_none=True, load_default=None)
    qualifiers = fields.String(load_default="")
    certainty = fields.String(allow_none=True, load_default=None)


class RulePublished(Event, source="governance"):
    """A dated rule was set, changed or given its last day; the data is the whole rule."""

    subject = "rule/{rule_id}"
    data = RuleData
    example = {
        "rule_id": "0190d5a0-0000-7000-8000-000000000301", "key": "benefit.birth.cap", "scope": None,
        "value": "800.00", "unit": "yuan", "ruleset": "own", "title": "本校工会慰问办法", "number": "校工〔2026〕3号",
        "article": "第五条", "valid_from": "2026-01-01", "valid_to": None, "basis": "per_occasion",
        "qualifiers": "", "certainty": None,
    }  # fmt: skip


class RuleWithdrawn(Event, source="governance"):
    """A rule that was set by mistake was withdrawn before it came into force: no decision ever uses it."""

    subject = "rule/{rule_id}"
    data = RuleData
    example = {**RulePublished.example, "valid_from": "2027-01-01"}
