"""A subject that exists only in the tests: tea that is served. It shows that a subject is one folder and one line."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.code_kind import CodeKind
from gateway.http.routes import Route
from gateway.portal.exporting import Column, Exportable
from gateway.search_kind import SearchKind
from gateway.subject import JobKind, MenuItem, NewsKind, Reaction, Subject, TodoKind
from tests.toy import brewing, finding, pages, projections
from tests.toy.contract import TeaServed, brew_tea, list_teas, read_tea

SUBJECT = Subject(
    "tea",
    "Tea: what was served to whom.",
    routes=(
        Route("GET", "/welfare/teas", list_teas),
        Route("POST", "/welfare/teas/brewing", brew_tea, 202, answer=brewing.start),
    ),
    pages=(pages.PAGES,),
    menu=(MenuItem("teas", _l("茶歇"), "gift", "welfare", frozenset({"officer"})),),
    rules={"tea.is_hot": (_l("茶要热"), _l("茶凉了，请换一杯。"))},
    input_errors={"tea.cup_missing": _l("茶要有杯子。")},
    todos={"tea_waits": TodoKind("gift", "teas", "/welfare/teas", words=_l("有茶要喝"))},
    news={"tea_served": NewsKind(_l("给您上茶了"), "gift", "home")},
    exports={"teas": Exportable(_l("茶歇"), list_teas, (Column("kind", _l("茶名")),), personal=False)},
    reactions=(Reaction(TeaServed, projections.note_served),),
    jobs=(
        JobKind("brew_tea", _l("泡茶"), brew_tea, brewing.boil, brewing.fill_cups, result="portal/console/brewed.html"),
    ),
    search=(SearchKind("tea", _l("茶歇"), "gift", "/welfare/teas", finding.shown, find=finding.find),),
    codes=(CodeKind("tea", _l("茶票"), read_tea, "/welfare/teas/{}", pages.tea_page, {"good": _l("请喝茶")}),),
    templates=Path(__file__).parent / "templates",
)
