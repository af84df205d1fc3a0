"""An officer begins the plan of a year, empty and from another year's."""

from __future__ import annotations

from services.chassis.clock import today
from tests.support.api import Api

YEARS = {"phone": (2041, 2042), "desktop": (2043, 2044)}


def test_a_plan_is_begun_empty_and_from_another_year(visitor, union, pictures):
    officer = visitor("officer")
    empty, copied = YEARS[officer.size]
    for year, source in ((empty, None), (copied, str(today().year))):
        officer.open(f"/console/plan/new?year={year}")
        officer.finds_no_fault(pictures)
        if source:
            officer.page.get_by_label("从哪一年复制").select_option(source)
        officer.press("建立计划")
        officer.must_see(str(year))
        officer.finds_no_fault(pictures)
    api = Api(union.url).sign_in("officer")
    assert list(api.all(f"/governance/plan/{empty}/items")) == []
    copy, copied_from = (list(api.all(f"/governance/plan/{year}/items")) for year in (copied, today().year))
    assert len(copy) == len(copied_from)
