"""Open pages show what changes without being loaded again, and the tabs of one browser share one stream."""

from __future__ import annotations

from tests.e2e.stories import activity, in_days, newcomer, unit_of
from tests.support.api import Api


def _made(api: Api, title: str) -> str:
    times = {"starts_at": in_days(30), "ends_at": in_days(31)}
    made: str = api.post("/activities", activity(title=title, capacity=9, **times), status=201)["id"]
    return made


def test_a_list_shows_seats_as_they_are_taken_in_every_tab_by_one_stream(visitor, union):
    made = _made(Api(union.url).sign_in("officer"), "名额随到随看")
    watcher = visitor("judge")
    watcher.waits_to_see("名额随到随看", "/activities?q=名额随到随看")
    opened = []
    watcher.context.on("request", lambda request: opened.append(request.url) if "/me/stream" in request.url else None)
    watcher.open("/activities?q=名额随到随看")
    watcher.page.wait_for_event("request", lambda request: "/me/stream" in request.url)
    other = watcher.context.new_page()
    other.goto(f"{union.url}/activities?q=名额随到随看")
    other.wait_for_load_state("networkidle")

    Api(union.url).sign_in("member").post(f"/activities/{made}/registrations", status=201)

    for page in (watcher.page, other):
        page.get_by_text("已报 1 / 9").wait_for()
        page.get_by_text("剩余 8 个名额").wait_for()
    assert len(opened) == 1, opened
    watcher.finds_no_fault()


def test_the_count_of_todos_moves_on_the_open_page(visitor, union):
    chair = visitor("chair")
    chair.open("/todos")
    shown = chair.page.locator(".site-links [data-live-count=todos] > span").first
    before = int(shown.text_content() or 0)
    chair.page.wait_for_event("request", lambda request: "/me/stream" in request.url)

    unit = unit_of(Api(union.url).sign_in("chair"))
    Api(union.url).post("/membership/applications", newcomer(unit), status=201)

    chair.page.locator(f".site-links [data-live-count=todos] > span:text-is('{before + 1}')").wait_for(state="attached")
    chair.finds_no_fault()


def test_no_stream_is_opened_while_one_signs_out(visitor, union):
    leaver = visitor("judge")
    asked: list[str] = []
    late: list[str] = []

    def answer_late(route):
        before = len(asked)
        leaver.page.wait_for_timeout(1_500)
        late.extend(asked[before:])
        route.continue_()

    leaver.context.on("request", lambda request: asked.append(request.url) if "/me/stream" in request.url else None)
    leaver.page.route("**/sign-out", answer_late)
    leaver.page.goto(f"{union.url}/me", wait_until="commit")
    leaver.press("退出登录")

    leaver.page.wait_for_url(lambda url: "/me" not in url)
    assert late == []
    leaver.finds_no_fault()
