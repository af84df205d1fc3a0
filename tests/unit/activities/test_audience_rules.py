"""Who is in an audience by sex, age, posts, honours and joining, and what is told to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.activities.facts.rules import facts_needed
from services.activities.registration import audience_rules as audience
from services.activities.registration.audience_rules import AudienceRule, Facts
from services.activities.registration.rules import Applicant

WOMAN = Applicant(None, "contract", "active", date(2015, 9, 1), Facts("female", 35, frozenset({"delegate"})))


def unmet(rule: AudienceRule, applicant: Applicant = WOMAN) -> str | None:
    refusal = audience.first_unmet(rule, applicant)
    return refusal.rule.removeprefix("registration.") if refusal else None


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        (AudienceRule(), None),
        (AudienceRule(sex="female"), None),
        (AudienceRule(sex="male"), "activity_is_for_men"),
        (AudienceRule(age_to=35), None),
        (AudienceRule(age_to=34), "member_is_young_enough"),
        (AudienceRule(age_from=35), None),
        (AudienceRule(age_from=36), "member_is_old_enough"),
        (AudienceRule(age_from=35, age_to=35), None),
        (AudienceRule(posts=frozenset({"delegate", "judge"})), None),
        (AudienceRule(posts=frozenset({"judge"})), "post_is_in_audience"),
        (AudienceRule(honours=frozenset({"teaching"})), "honour_is_in_audience"),
        (AudienceRule(joined_since=date(2015, 9, 1)), None),
        (AudienceRule(joined_since=date(2015, 9, 2)), "joined_in_time"),
    ],
)
def test_each_part_decides_with_both_ends_included(rule: AudienceRule, refusal: str | None):
    assert unmet(rule) == refusal


def test_who_is_unknown_is_neither_refused_nor_let_in():
    unknown = replace(WOMAN, facts=None)

    assert unmet(AudienceRule(), unknown) is None
    assert unmet(AudienceRule(joined_since=date(2010, 1, 1)), unknown) is None
    for rule in (AudienceRule(sex="male"), AudienceRule(age_to=20), AudienceRule(posts=frozenset({"judge"}))):
        assert audience.first_unmet(rule, unknown).rule == audience.UNDECIDED


def test_an_unknown_age_is_told_apart_from_a_wrong_one():
    ageless = replace(WOMAN, facts=Facts("female", None))

    assert unmet(AudienceRule(age_to=35), ageless) == "age_is_known"
    assert unmet(AudienceRule(sex="female"), ageless) is None


def test_a_member_reads_the_own_age_and_others_read_the_part_only():
    refusal = audience.first_unmet(AudienceRule(age_to=30), WOMAN)
    told = audience.for_others(refusal)

    assert refusal.params == {"part": "age", "age": 35, "age_from": None, "age_to": 30}
    assert (told.params, "35" in told.detail) == ({"part": "age"}, False)
    undecided = audience.first_unmet(AudienceRule(sex="male"), replace(WOMAN, facts=None))
    assert audience.for_others(undecided) is undecided


@pytest.mark.parametrize(
    ("parts", "facts"),
    [
        ({}, ()),
        ({"joined_since": date(2020, 1, 1)}, ()),
        ({"sex": None, "posts": []}, ()),
        ({"sex": "male", "age_from": 20, "age_to": 30}, ("age", "sex")),
        ({"posts": ["judge"], "honours": ["home"]}, ("honours", "posts")),
    ],
)
def test_only_what_an_audience_needs_is_asked_for(parts, facts):
    assert facts_needed({"units": [], "employments": [], **parts}) == facts


def test_groups_below_five_are_not_counted():
    assert [audience.as_counted(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]
