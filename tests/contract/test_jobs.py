"""Long work is the same everywhere: who does some answers for it, and every kind has words in the task centre."""

from __future__ import annotations

import pytest

from deploy.union import service_class
from gateway.subjects import SUBJECTS
from services.chassis.process.settings import SERVICES
from services.contracts.jobs import JOBS_OF
from tests.support.long_work import long_work_of

KINDS = {service: long_work_of(service_class(service)) for service in SERVICES}


def test_services_with_long_work_are_those_that_declare_its_operations() -> None:
    assert {service for service, kinds in KINDS.items() if kinds} == set(JOBS_OF)


@pytest.mark.parametrize("service", [service for service in JOBS_OF if service != "gateway"])
def test_a_service_answers_for_its_long_work(service: str) -> None:
    methods = service_class(service)
    assert [one.name for one in vars(JOBS_OF[service]).values() if not hasattr(methods, one.name)] == []


def test_every_kind_is_declared_by_a_subject_and_by_no_two_services() -> None:
    done = sorted(kind for kinds in KINDS.values() for kind in kinds)
    assert done == sorted(SUBJECTS.jobs)


def test_every_kind_says_by_what_it_is_asked_for_unless_each_step_is_authorised_by_itself() -> None:
    unsaid = {
        kind for kinds in KINDS.values() for kind, (_, entrypoint) in kinds.items() if entrypoint.asked_by is None
    }
    assert unsaid == {"export_list"}
