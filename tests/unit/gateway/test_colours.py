"""Every pair of text and ground is readable: of the style sheets, and of each colour that a union may choose."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.portal import assets
from gateway.union_profile import colours
from gateway.union_profile.colours import contrast, parsed, tokens

MEANINGS = ("late", "waiting", "done", "information")
"""Colours that are text and, as `-soft`, ground; danger has a deeper text of its own."""
TEXTS = {
    "ink": ("paper", "surface", "surface-soft"),
    "ink-soft": ("paper", "surface", "surface-soft"),
    "brand": ("paper", "surface", "surface-soft"),
    "brand-deep": ("surface", "brand-soft"),
    "danger": ("paper", "surface", "surface-soft"),
    "danger-deep": ("surface", "danger-soft"),
    "on-brand": ("brand", "brand-deep"),
    **{meaning: ("paper", "surface", "surface-soft", f"{meaning}-soft") for meaning in MEANINGS},
}
"""Texts, and the grounds they stand on, where one rule of the sheet does not say both (`pairs_of_rules`)."""
SOFT_GROUNDS = tuple(f"{meaning}-soft" for meaning in ("brand", "danger", *MEANINGS))
CONTROLS = {
    "bs-focus-ring-color": ("paper", "surface", "surface-soft", *SOFT_GROUNDS),
    "line-strong": ("paper", "surface"),
    **{f"chart-{which}": ("surface",) for which in ("first", "second", "third", "fourth", "past")},
    "bar": ("surface", "bar-ground"),
    "chart-first": ("surface", "bar-ground"),
    "chart-second": ("surface",),
    "chart-third": ("surface",),
    "chart-fourth": ("surface",),
    "chart-past": ("surface",),
}
"""Edges, bars and rings, and the grounds they stand on."""
THEMES = ("light", "dark")


def of_sheets() -> dict[str, dict[str, str]]:
    """Return the tokens of the style sheets by theme; what both share is in each."""
    text = assets.asset("portal.css").content.decode()
    found: dict[str, dict[str, str]] = {theme: {} for theme in THEMES}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        for theme in THEMES:
            if f'[data-bs-theme="{theme}"]' in selector or "[data-bs-theme]" in selector:
                found[theme].update(re.findall(r"--([\w-]+):\s*([^;]+);", body))
    return found


def value(known: dict[str, str], name: str) -> colours.Colour:
    """Return a token's colour, also when it is another token's, or a colour as it is."""
    if name.startswith("#"):
        return parsed(name)
    text = known[name]
    other = re.fullmatch(r"var\(--([\w-]+)\)", text)
    return value(known, other.group(1)) if other else parsed(text)


def weak(known: dict[str, str], pairs: dict[str, tuple[str, ...]], least: float) -> list[str]:
    """Return the pairs with too little contrast."""
    found = {(one, other): contrast(value(known, one), value(known, other)) for one in pairs for other in pairs[one]}
    return [f"{one} on {other}: {ratio:.2f}" for (one, other), ratio in found.items() if ratio < least]


def pairs_of_rules() -> dict[str, tuple[str, ...]]:
    """Return the texts and grounds that stand in one rule of the sheet, also of buttons, by state."""
    found: dict[str, set[str]] = {}
    for _selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", assets.asset("portal.css").content.decode()):
        said = dict(re.findall(r"(?:^|;)\s*([\w-]+):\s*(var\(--[\w-]+\)|#[0-9a-fA-F]{6})\s*(?=;|$)", body.strip()))
        couples = [("color", "background"), ("color", "background-color"), ("fill", "background")]
        couples += [
            (f"--bs-btn-{state}color", f"--bs-btn-{state}bg") for state in ("", "hover-", "active-", "disabled-")
        ]
        for text, ground in couples:
            if text in said and ground in said:
                found.setdefault(_named(said[text]), set()).add(_named(said[ground]))
    return {text: tuple(sorted(grounds)) for text, grounds in found.items()}


def _named(text: str) -> str:
    return text.removeprefix("var(--").removesuffix(")")


def test_rules_that_say_text_and_ground_are_found() -> None:
    found = pairs_of_rules()
    for text, ground in (
        ("done", "done-soft"),
        ("late", "late-soft"),
        ("on-brand", "brand"),
        ("#ffffff", "brand-solid"),
    ):
        assert ground in found[text]


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_that_one_rule_makes_is_readable(theme: str) -> None:
    drawn = {"bar", "bar-second"}  # covers of activities, which are decoration
    pairs = {text: grounds for text, grounds in pairs_of_rules().items() if text not in drawn}
    assert weak(of_sheets()[theme], pairs, colours.OF_TEXT) == []


def test_danger_is_not_the_colour_of_the_brand() -> None:
    for theme in THEMES:
        known = of_sheets()[theme]
        assert known["danger"] != known["brand"]
        assert len({known[meaning] for meaning in ("danger", *MEANINGS)}) == 1 + len(MEANINGS)


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_the_style_sheets_is_readable(theme: str) -> None:
    known = of_sheets()[theme]
    assert weak(known, TEXTS, colours.OF_TEXT) == []
    assert weak(known, CONTROLS, colours.OF_CONTROLS) == []


@given(st.tuples(*[st.integers(0, 255)] * 3))
@example((0xC2, 0x01, 0xCF))
@example((0x21, 0x23, 0xFE))
def test_every_pair_of_a_chosen_colour_is_readable(parts: tuple[int, int, int]) -> None:
    chosen = colours.readable("#" + "".join(f"{part:02x}" for part in parts))
    assert colours.is_readable(chosen)
    for theme, found in tokens(chosen).items():
        known = of_sheets()[theme] | found
        assert weak(known, {**TEXTS, "bar": ("surface",)}, colours.OF_CONTROLS) == [], (chosen, theme)
        assert weak(known, TEXTS, colours.OF_TEXT) == [], (chosen, theme)
        assert contrast(value(known, "brand-solid"), parsed("#ffffff")) >= colours.OF_TEXT
        assert contrast(value(known, "brand-solid-deep"), parsed("#ffffff")) >= colours.OF_TEXT


def test_every_token_that_is_used_is_defined() -> None:
    sheet = assets.asset("portal.css").content.decode()
    used = set(re.findall(r"var\(--([\w-]+)\)", sheet))
    assert {name for name in used if not name.startswith("bs-")} - of_sheets()["light"].keys() == set()


def test_a_readable_colour_stays_as_it_is() -> None:
    assert colours.readable("#24598f") == "#24598f"
    assert colours.readable("#ffdd00") != "#ffdd00"
    assert round(contrast(parsed("#000000"), parsed("#ffffff")), 1) == 21.0
    assert round(contrast(parsed("#767676"), parsed("#ffffff")), 2) == 4.54
