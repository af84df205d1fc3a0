"""The scenes of the demo union: complete, listed, and played in an order that suits their needs."""

from __future__ import annotations

from graphlib import CycleError
from pathlib import Path

import pytest

from deploy.demo import scenes
from deploy.demo.scene import Scene, in_order
from deploy.demo.scenes import SCENES, WITHOUT_SCENE
from gateway.subjects import SUBJECTS

FOLDER = Path(scenes.__file__).parent


@pytest.mark.parametrize("subject", [subject.name for subject in SUBJECTS])
def test_every_subject_has_a_scene_or_a_reason_to_have_none(subject: str):
    assert (subject in {scene.name for scene in SCENES}) != (subject in WITHOUT_SCENE)


def test_reasons_are_given_for_subjects_only():
    assert WITHOUT_SCENE.keys() <= {subject.name for subject in SUBJECTS}


def test_every_module_has_one_scene_in_the_list():
    modules = sorted(file.relative_to(FOLDER).with_suffix("").parts for file in FOLDER.glob("*/[a-z]*.py"))

    assert sorted(tuple(scene.play.__module__.split(".")[-2:]) for scene in SCENES) == modules


def test_each_scene_comes_after_those_it_needs():
    played: set[str] = set()
    for scene in in_order(SCENES):
        assert played.issuperset(scene.needs), scene.name
        played.add(scene.name)

    assert played == {scene.name for scene in SCENES}


def test_scenes_that_need_each_other_are_refused():
    with pytest.raises(CycleError):
        in_order([Scene("egg", str, needs=("hen",)), Scene("hen", str, needs=("egg",))])


def test_a_need_that_is_no_scene_is_refused():
    with pytest.raises(KeyError, match="hen"):
        in_order([Scene("egg", str, needs=("hen",))])
