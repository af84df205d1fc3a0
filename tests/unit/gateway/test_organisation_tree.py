"""The tree of the organisation: nested, with chairs and figures, narrowed to what is searched."""

from __future__ import annotations

from gateway.subjects.membership.organisation.tree import Branch, narrowed, tree_of


def unit(unit_id: str, name: str, kind: str = "unit", parent: str | None = "union", code: str = "") -> dict:
    return {"id": unit_id, "name": name, "name_en": None, "code": code or unit_id, "kind": kind, "parent_id": parent}


UNITS = [
    unit("union", "校工会", "union", None),
    unit("arts", "文学院分工会"),
    unit("law", "法学院分工会"),
    unit("group", "民法小组", "group", "law"),
]
CHAIRS = [{"unit_id": "arts", "member_name": "赵越东"}]
FIGURES = [{"unit_id": "arts", "members": 11}]


def names(branches: list[Branch]) -> list:
    return [(branch.unit["name"], names(branch.children)) if branch.children else branch.unit["name"]
            for branch in branches]  # fmt: skip


def test_units_stand_below_their_parent_with_chair_and_figures():
    tree = tree_of(UNITS, CHAIRS, FIGURES)
    assert names(tree) == [("校工会", ["文学院分工会", ("法学院分工会", ["民法小组"])])]
    arts = tree[0].children[0]
    assert (arts.chairs, arts.figures) == (["赵越东"], {"unit_id": "arts", "members": 11})
    assert tree[0].kinds == {"unit": 2}


def test_only_the_union_is_unfolded_at_first():
    tree = tree_of(UNITS, CHAIRS, FIGURES)
    assert (tree[0].opened, tree[0].children[1].opened) == (True, False)


def test_a_search_keeps_the_way_to_what_it_finds_and_opens_it():
    found = narrowed(tree_of(UNITS, CHAIRS, FIGURES), "民法")
    assert names(found) == [("校工会", [("法学院分工会", ["民法小组"])])]
    assert found[0].children[0].opened


def test_a_unit_is_found_by_its_chair_and_keeps_what_is_below():
    tree = tree_of(UNITS, [*CHAIRS, {"unit_id": "law", "member_name": "周红"}], FIGURES)
    assert names(narrowed(tree, "周红")) == [("校工会", [("法学院分工会", ["民法小组"])])]
    assert narrowed(tree, "没有这个人") == []
