"""All keys of the rulebook: the kind of value, allowed words, bases and qualifiers, and what is decided by them.

Other keys can't be set, because such a rule would have no effect. Keys without a use belong to subjects that are still
to come: their figures are kept, and the console says that nothing is decided by them yet.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from services.contracts.governance.ballots.vocabulary import BALLOT_BASES, BALLOT_BODIES, RULE_COMPARATORS
from services.contracts.governance.congress.vocabulary import BODIES, RENEWAL_ITEMS, SHARES
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.governance.mediation.vocabulary import DISPUTE_MATTERS, DISPUTE_ROUTES, STEP_ASIDE
from services.contracts.governance.meetings.vocabulary import BODY_KINDS
from services.contracts.governance.rulebook.vocabulary import FESTIVALS, SERVICE_OF_USE
from services.contracts.governance.unit_congresses.vocabulary import CHECK_ITEMS, FILING_DOCUMENTS
from services.contracts.membership.record.attachments import DOCUMENT_KINDS
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.membership.retention import ERASED_CLASSES
from services.contracts.vocabulary import BENEFIT_FORMS, BENEFITS, EMPLOYMENTS
from services.contracts.welfare.care_campaigns.vocabulary import CAMPAIGN_KINDS
from services.contracts.welfare.care_words import CARE_KINDS, CARE_SHARES
from services.contracts.welfare.charity.vocabulary import CHARITY_MARKS
from services.contracts.welfare.hardship.vocabulary import AID_AFTER_DEATH, AID_KINDS
from services.contracts.welfare.recuperation.vocabulary import LOSING_OUTCOMES, PRIORITY_GROUNDS
from services.contracts.welfare.vocabulary import OCCASIONS

KINDS = ("amount", "number", "count", "fraction", "words", "texts", "code", "curve")
"""Kinds of values: yuan with two places, an exact number, a whole number, a part of a whole (`1/3`), one or more words,
one or more texts of the union's own, one word, a retirement curve as JSON."""
NO_BASIS = ("none",)
_NUMBER = r"[0-9]{1,12}(\.[0-9]{1,6})?"
_WRITTEN = {
    "amount": _NUMBER,
    "number": _NUMBER,
    "fraction": rf"[0-9]{{1,4}}/[1-9][0-9]{{0,3}}|{_NUMBER}",
    "code": r"[\w.-]{1,60}",
}
_CURVE = {"base": int, "start": str, "step": int, "max": int}


@dataclass(frozen=True)
class RuleKey:
    """One key, or a family of keys with a variable part in the middle (`benefit.*.cap`).

    Args:
        key: the key, `*` standing for a benefit.
        kind: one of `KINDS`.
        unit: unit of the value.
        uses: what is decided by it, words of `RULE_USES`; empty while nothing is.
        words: the words a value may contain; empty when any word is allowed.
        scopes: the scopes a rule of this key may be restricted to.
        bases: what a value may be counted by, the usual one first.
        qualifiers: names of the qualifiers a rule may have.
        optional: whether work goes on without a rule, so that nobody is asked for one.
    """

    key: str
    kind: str
    unit: str
    uses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    bases: tuple[str, ...] = NO_BASIS
    qualifiers: tuple[str, ...] = ()
    optional: bool = False

    @property
    def used_by(self) -> tuple[str, ...]:
        """The services that decide by it, in the order of the uses."""
        return tuple(dict.fromkeys(SERVICE_OF_USE[use] for use in self.uses))

    def fits(self, key: str) -> bool:
        """Whether a key is this one or belongs to this family."""
        return re.fullmatch(re.escape(self.key).replace(r"\*", "[a-z][a-z0-9_]*"), key) is not None


_TRIPS = ("recuperation",)
_EXAMINATIONS = ("examinations",)
_AID, _CAMPAIGN = ("aid",), ("campaigns",)
_AID_PAPERS, _CLAIM_PAPERS, _DISPUTE_PAPERS = ("aid_papers",), ("claim_papers",), ("dispute_papers",)
_GIVEN = ("entitlements", "visits", "birthdays", "care", "goods", "claims")
_BUYING = ("procurement",)
_VOTING, _BY_KIND = ("ballots",), ("ballot_kind",)
_PROPOSALS = ("proposals",)
_PROPOSAL_LENGTHS = ("reason_least", "reason_most", "suggestion_least")
_MEDIATION = ("mediation",)
_MEETING = ("meetings",)
_CONGRESS = ("congress",)
_FILINGS = ("unit_congresses",)
_RATING = ("ratings",)
_SURVEYS = ("surveys",)
_DISMISSALS = ("dismissals",)
_SUGGESTIONS = ("suggestions",)
_PLACES = ("places",)
_OF_PLACES = (
    ("days_ahead", "days"), ("open_most", "bookings"), ("week_most", "bookings"), ("cancel_minutes", "minutes"),
)  # fmt: skip
_ABSENCES = (("missed_most", "absences"), ("missed_days", "days"), ("barred_days", "days"))
_CLUBS = ("clubs",)
_OF_CLUBS = (
    ("least_founders", "members"), ("term_months", "months"), ("review_days", "days"),
    ("least_activities", "activities"), ("failed_most", "times"), ("reminder_days", "days"),
)  # fmt: skip
_CAP_BASES = ("per_occasion", "per_member_year", "per_person", "per_person_day")
_OF_YEAR, _OF_DAY = ("per_member_year",), ("per_person_day",)
_OF_WAGES, _OF_INCOME, _OF_PARTICIPANTS = ("share_of_wages",), ("share_of_income",), ("share_of_participants",)
_DOCUMENTS = tuple(f"joining.documents.{employment}" for employment in EMPLOYMENTS if employment != "established")

RULE_KEYS = (
    RuleKey("joining.employments", "words", "employment", ("joining",), EMPLOYMENTS),
    *(RuleKey(key, "words", "document", ("joining",), DOCUMENT_KINDS) for key in _DOCUMENTS),
    RuleKey("joining.unconfirmed_days", "count", "days", ("lapsing",)),
    RuleKey("dues.percent", "number", "percent of the base", ("dues",), bases=_OF_WAGES),
    RuleKey("dues.base_step", "number", "yuan", ("dues",)),
    RuleKey("dues.paying_standings", "words", "standing", ("dues",), STANDINGS),
    RuleKey("dues.exempt_reasons", "words", "reason", ("exemption",)),
    RuleKey("dues.arrears_day", "count", "day of the next month", ("arrears",)),
    *(RuleKey(f"retirement.{curve}", "curve", "years, months", ("retirement",)) for curve in ("m60", "f55", "f50")),
    RuleKey("retirement.flexible", "count", "months", ("retirement",)),
    *(RuleKey(f"retention.{name}", "count", "months", ("retention",)) for name in ERASED_CLASSES),
    RuleKey("entitlement.items", "words", "benefit", ("entitlements", "goods"), scopes=EMPLOYMENTS),
    RuleKey("benefit.holiday.cap", "amount", "yuan", _GIVEN, bases=_CAP_BASES, qualifiers=("festival",)),
    RuleKey("benefit.*.cap", "amount", "yuan", _GIVEN, bases=_CAP_BASES),
    RuleKey("benefit.*.year_cap", "amount", "yuan", ("claims",), bases=_OF_YEAR),
    RuleKey("benefit.*.forms", "words", "form", _GIVEN[1:], BENEFIT_FORMS),
    RuleKey("benefit.*.line", "code", "budget line", ("claims",)),
    RuleKey("fund.allocation_percent", "number", "percent of wages", bases=_OF_WAGES),
    RuleKey("fund.allocation_share_kept", "number", "percent", bases=_OF_INCOME),
    RuleKey("fund.income.dues", "code", "account", ("dues_income",)),
    RuleKey("care.kinds", "words", "kind of gift", ("care", "visits"), CARE_KINDS, optional=True),
    RuleKey("care.children_day.age_below", "count", "years", ("care",), optional=True),
    RuleKey("care.children_day.counted_by", "words", "share", ("care",), CARE_SHARES, optional=True),
    RuleKey("holiday.festivals", "words", "festival", ("goods",), FESTIVALS),
    RuleKey("holiday.paired_aid_share", "fraction", "part of the money", ("goods",), optional=True),
    RuleKey("prize.winners_share", "fraction", "part of the participants", bases=_OF_PARTICIPANTS),
    RuleKey("recuperation.person_day_cap", "amount", "yuan", _TRIPS, bases=_OF_DAY),
    RuleKey("recuperation.food_cap", "amount", "yuan", bases=_OF_DAY),
    RuleKey("recuperation.days", "count", "days", _TRIPS, qualifiers=("destination",)),
    RuleKey("recuperation.outside_share", "fraction", "part of the participants", _TRIPS, bases=_OF_PARTICIPANTS),
    RuleKey("recuperation.outside_interval", "count", "years", _TRIPS),
    RuleKey("recuperation.insured_minimum", "amount", "yuan", _TRIPS, bases=("per_person",)),
    RuleKey("recuperation.group_minimum", "count", "people", _TRIPS),
    RuleKey("recuperation.period_years", "count", "years", _TRIPS),
    RuleKey("recuperation.period_cap", "amount", "yuan", _TRIPS, bases=("per_person",)),
    RuleKey("recuperation.newcomer_until", "code", "month-day", _TRIPS),
    RuleKey("recuperation.newcomer_share", "fraction", "part of the sum", _TRIPS),
    RuleKey("recuperation.family_most", "count", "people", _TRIPS),
    RuleKey("recuperation.late_days", "count", "days", _TRIPS),
    RuleKey("recuperation.lost_turns", "words", "outcome", _TRIPS, LOSING_OUTCOMES),
    *(RuleKey(f"recuperation.lots.{ground}", "count", "lots", _TRIPS, optional=True) for ground in PRIORITY_GROUNDS),
    RuleKey("examinations.funding", "words", "funding source", _EXAMINATIONS, FUNDING_SOURCES),
    RuleKey("examinations.standings", "words", "standing", _EXAMINATIONS, STANDINGS),
    RuleKey("examinations.women_interval", "count", "years", _EXAMINATIONS),
    RuleKey("examinations.change_days", "count", "days", _EXAMINATIONS),
    RuleKey("examinations.reminder_days", "count", "days", _EXAMINATIONS),
    RuleKey("charity.marks", "words", "mark", ("charity",), CHARITY_MARKS),
    *(RuleKey(f"procurement.{way}_from", "amount", "yuan", _BUYING) for way in ("contract", "committee", "tender")),
    RuleKey("procurement.quotes_least", "count", "quotes", _BUYING),
    RuleKey("procurement.committee_least", "count", "people", _BUYING),
    RuleKey("procurement.split_days", "count", "days", _BUYING, optional=True),
    *(RuleKey(f"aid.{kind}.cap", "amount", "yuan", _AID, bases=_OF_YEAR) for kind in AID_KINDS),
    RuleKey("aid.standings", "words", "standing", _AID, STANDINGS),
    RuleKey("aid.committee_least", "count", "people", _AID),
    RuleKey("aid.review_months", "count", "months", _AID),
    RuleKey("aid.keep_months", "count", "months", _AID_PAPERS),
    RuleKey("aid.after_death", "code", "outcome of a death", _AID, AID_AFTER_DEATH, optional=True),
    RuleKey("aid.line", "code", "budget line", _AID),
    RuleKey("mutual_aid.claim_keep_months", "count", "months", _CLAIM_PAPERS),
    *(RuleKey(f"campaign.{kind}.cap", "amount", "yuan", _CAMPAIGN, bases=("per_person",)) for kind in CAMPAIGN_KINDS),
    *(RuleKey(f"campaign.{kind}.forms", "words", "form", _CAMPAIGN, BENEFIT_FORMS) for kind in CAMPAIGN_KINDS),
    *(RuleKey(f"campaign.{kind}.line", "code", "budget line", _CAMPAIGN) for kind in CAMPAIGN_KINDS),
    RuleKey("campaign.reminder_days", "count", "days", _CAMPAIGN, optional=True),
    *(
        RuleKey(f"ballot.{body}.{name}", kind, unit, _VOTING, words, qualifiers=_BY_KIND)
        for body in BALLOT_BODIES
        for name, kind, unit, words in (
            ("base", "code", "base", BALLOT_BASES),
            ("comparator", "code", "comparator", RULE_COMPARATORS),
            ("participation", "fraction", "part of the roll", ()),
            ("proxies", "count", "people", ()),
        )
    ),
    RuleKey("ballot.surplus_percent", "number", "percent of the seats", _VOTING),
    RuleKey("ballot.secret_least", "count", "people", _VOTING),
    RuleKey("proposals.seconders_least", "count", "people", _PROPOSALS),
    *(RuleKey(f"proposals.{name}", "count", "characters", _PROPOSALS) for name in _PROPOSAL_LENGTHS),
    RuleKey("proposals.second_handlings", "count", "times", _PROPOSALS),
    RuleKey("proposals.reminder_days", "count", "days", _PROPOSALS),
    RuleKey("mediation.days", "count", "days", _MEDIATION),
    RuleKey("mediation.representatives_from", "count", "people", _MEDIATION),
    RuleKey("mediation.claim_months", "count", "months", _MEDIATION),
    RuleKey("mediation.claim_exempt", "words", "matter", _MEDIATION, DISPUTE_MATTERS),
    *(
        RuleKey(f"mediation.route.{word}", "code", "where to go", _MEDIATION, DISPUTE_ROUTES)
        for word in DISPUTE_MATTERS
    ),
    RuleKey("mediation.step_aside", "words", "ground", _MEDIATION, STEP_ASIDE),
    RuleKey("mediation.reminder_days", "count", "days", _MEDIATION),
    RuleKey("mediation.keep_months", "count", "months", _DISPUTE_PAPERS),
    RuleKey("mediation.smallest_count", "count", "cases", _MEDIATION),
    *(RuleKey(f"meeting.{kind}.quorum", "fraction", "part of the members", _MEETING) for kind in BODY_KINDS),
    RuleKey("meeting.action_reminder_days", "count", "days", _MEETING),
    *(RuleKey(f"congress.{body}.quorum", "fraction", "part of the delegates", _CONGRESS) for body in BODIES),
    *(RuleKey(f"congress.{body}.turnout", "fraction", "part of those entitled", _CONGRESS) for body in BODIES),
    *(RuleKey(f"congress.{body}.elected_share", "fraction", "part of those entitled", _CONGRESS) for body in BODIES),
    *(RuleKey(f"congress.{body}.candidates_margin", "fraction", "part of the seats", _CONGRESS) for body in BODIES),
    *(RuleKey(f"congress.{share}_share", "fraction", "part of the delegates", _CONGRESS) for share in SHARES),
    RuleKey("congress.young_age", "count", "years", _CONGRESS),
    RuleKey("congress.extra_share", "fraction", "part of the delegates", _CONGRESS),
    RuleKey("congress.renewal_months", "count", "months", _CONGRESS),
    RuleKey("dismissal.opinion_days", "count", "days", _DISMISSALS),
    RuleKey("dismissal.keep_months", "count", "months", _DISPUTE_PAPERS),
    RuleKey("dismissal.smallest_count", "count", "cases", _DISMISSALS),
    RuleKey("suggestions.answer_days", "count", "days", _SUGGESTIONS, optional=True),
    RuleKey("suggestions.keep_months", "count", "months", _SUGGESTIONS, optional=True),
    RuleKey("congress.renewal_items", "words", "item of a renewal", _CONGRESS, RENEWAL_ITEMS),
    RuleKey("unit_congress.staff_line", "count", "people", _FILINGS),
    RuleKey("unit_congress.quorum", "fraction", "part of those entitled", _FILINGS),
    RuleKey("unit_congress.checklist", "words", "item of the list", _FILINGS, CHECK_ITEMS),
    RuleKey("unit_congress.checklist_added", "texts", "text", _FILINGS, optional=True),
    RuleKey("unit_congress.documents", "words", "filed document", _FILINGS, FILING_DOCUMENTS),
    RuleKey("unit_congress.plan_due", "code", "month-day", _FILINGS),
    RuleKey("unit_congress.record_due", "code", "month-day", _FILINGS),
    RuleKey("unit_congress.least_days", "count", "days", _FILINGS),
    RuleKey("unit_congress.reminder_days", "count", "days", _FILINGS, optional=True),
    RuleKey("rating.smallest_group", "count", "sheets", _RATING),
    *(RuleKey(f"places.{name}", "count", unit, _PLACES, scopes=EMPLOYMENTS) for name, unit in _OF_PLACES),
    *(RuleKey(f"places.{name}", "count", unit, _PLACES, scopes=EMPLOYMENTS, optional=True) for name, unit in _ABSENCES),
    RuleKey("places.check_in_minutes", "count", "minutes", _PLACES),
    RuleKey("places.keep_months", "count", "months", ("place_records",)),
    *(RuleKey(f"clubs.{name}", "count", unit, _CLUBS, optional=True) for name, unit in _OF_CLUBS),
    RuleKey("clubs.joined_most", "count", "clubs", _CLUBS, scopes=EMPLOYMENTS, optional=True),
    RuleKey("clubs.grant_most", "amount", "yuan", _CLUBS, optional=True),
    RuleKey("clubs.keep_months", "count", "months", ("club_records",), optional=True),
    RuleKey("children.keep_months", "count", "months", ("children_classes",)),
    RuleKey("children.classes_most", "count", "classes", ("children_classes",), optional=True),
    RuleKey("surveys.smallest_group", "count", "sheets", _SURVEYS, optional=True),
    RuleKey("award.publicity_days", "count", "working days"),
)


@functools.lru_cache(2_000)
def rule_key(key: str) -> RuleKey | None:
    """Return the definition of a key, None when the rulebook has none; remembered, since lists ask for every rule."""
    return next((known for known in RULE_KEYS if known.fits(key)), None)


def asked_for_by(service: str) -> frozenset[str]:
    """Return the keys that work of a service waits for; what benefits need depends on which the union gives."""
    return frozenset(
        one.key
        for one in RULE_KEYS
        if service in one.used_by and not one.optional and not one.key.startswith("benefit.")
    )


def has_form_of(kind: str, value: Any) -> bool:
    """Whether a stored value has the form of a kind, so that decisions can read it."""
    if kind in _WRITTEN:
        is_text = isinstance(value, str | int) and not isinstance(value, bool)
        return is_text and re.fullmatch(_WRITTEN[kind], str(value), re.ASCII) is not None
    if kind == "count":
        return type(value) is int and value >= 0
    if kind in ("words", "texts"):
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    return isinstance(value, dict) and {name: type(part) for name, part in value.items()} == _CURVE


def uses_of(key: str) -> tuple[str, ...]:
    """Return what is decided by a key; of a benefit's figures, what that benefit is given by."""
    known = rule_key(key)
    if known is None or not known.key.startswith("benefit."):
        return known.uses if known else ()
    benefit = key.split(".")[1]
    given_by = {
        "birthdays": benefit == "birthday",
        "care": benefit in CARE_KINDS,
        "visits": benefit in OCCASIONS or benefit not in BENEFITS,
        "goods": benefit == "holiday" or benefit not in BENEFITS,
    }
    return tuple(use for use in known.uses if given_by.get(use, True))


def is_used_by(key: str, service: str) -> bool:
    """Whether a service decides by a key."""
    known = rule_key(key)
    return known is not None and service in known.used_by
