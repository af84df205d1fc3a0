"""Synthetic people: drawn from lists of common characters, never from a roster.

Identity numbers have the unassigned region code 990000, so that none of them belongs to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹"
    "彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢傅钟姜崔谭廖范汪"
)
GIVEN = (
    "明华建国文军平志伟东海强晓光伟芳娟敏静丽英玉萍红梅秀兰桂云雪霞燕琳"
    "洁慧颖佳欣怡婷雅涵子轩宇浩然博思远嘉俊杰天翔一鸣诗琪梦瑶清越安宁书涵"
)
REGION = "990000"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EMPLOYMENTS = ("established", "agency", "contract", "dispatched")
_SHARES = (72, 13, 11, 4)
_CAREERS = (
    ("doctorate", "doctor", ("教授", "副教授", "讲师")), ("master", "master", ("讲师", "工程师", "七级职员")),
    ("bachelor", "bachelor", ("馆员", "工程师", "八级职员")),
)  # fmt: skip
_POLITICAL = ("party_member", "masses", "democratic_party", "probationary_member")


def seeded_id(seed: int, *parts: object) -> UUID:
    """Return an id for the demo union, the same for the same seed and parts."""
    return uuid5(NAMESPACE_URL, ":".join(["gonghui-demo", str(seed), *map(str, parts)]))


def identity_number(birth_date: date, serial: int) -> str:
    """Return a well-formed number that no person has: unassigned region, birth date, serial 0–999, check character."""
    body = f"{REGION}{birth_date:%Y%m%d}{serial % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECK[total % 11]


def birth_dates(count: int, today: date) -> Iterator[tuple[date, int]]:
    """Yield `count` different pairs of birth date and serial: working ages from 24 to 59, spread over all days.

    Distinct by construction up to ten million people, so that no two share an identity number.
    """
    first = today - timedelta(days=365 * 59)
    days = 365 * 35
    for index in range(count):
        yield first + timedelta(days=(index * 7919) % days), index // days


def members(count: int, seed: int, units: Sequence[UUID], today: date) -> Iterator[dict[str, Any]]:
    """Yield rows of a roster, larger units getting more people.

    Args:
        count: how many members.
        seed: the same seed yields the same people.
        units: where they work.
        today: the day ages are counted on.
    """
    random, details = Random(seed), Random(seed + 1)  # noqa: S311 - synthetic data, no secret
    weights = [random.randint(20, 90) for _ in units]
    for index, (born, serial) in enumerate(birth_dates(count, today)):
        woman = random.random() < 0.48
        hired = max(born + timedelta(days=365 * random.randint(23, 30)), date(1985, 9, 1))
        hired = min(hired, today - timedelta(days=30))
        yield {
            "member_id": seeded_id(seed, "member", index),
            # The first two of each unit are for its posts and visits; the others are distributed by the weights.
            "unit_id": units[index % len(units)] if index < 2 * len(units) else random.choices(units, weights)[0],
            "name": random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2)))),
            "gender": "female" if woman else "male",
            "birth_date": born,
            "id_number": identity_number(born, serial * 2 + (0 if woman else 1)),
            "phone": f"199{index % 100_000_000:08d}",
            "email": f"member{index}@union.example",
            "employment": random.choices(_EMPLOYMENTS, _SHARES)[0],
            "original_age": ("F55" if random.random() < 0.8 else "F50") if woman else "M60",
            "hired_on": hired,
            "joined_on": hired,
            **_particulars(details, index, hired),
        }


def _particulars(random: Random, index: int, hired: date) -> dict[str, Any]:
    """Return education, work and private fields; every tenth has an emergency contact."""
    education, degree, titles = random.choices(_CAREERS, (45, 35, 20))[0]
    known = {
        "hr_id": f"{hired.year}{index:06d}",
        "education": education,
        "degree": degree,
        "professional_title": random.choice(titles),
        "political_status": random.choices(_POLITICAL, (45, 45, 6, 4))[0],
        "ethnicity": random.choices(("汉族", "回族", "畲族"), (96, 2, 2))[0],
    }
    if index % 10:
        return known
    kin = random.choice(SURNAMES) + random.choice(GIVEN)
    contact = {
        "emergency_name": kin,
        "emergency_phone": f"198{index % 100_000_000:08d}",
        "emergency_relation": "spouse",
    }
    return {**known, **contact, "skills": random.choice(("书法", "摄影", "合唱", "网球")), "native_place": "浙江"}
