"""Operations of the suggestions box."""

from __future__ import annotations

from services.chassis.schema import PUBLIC, Page, command, query
from services.contracts.governance.suggestions import requests, shapes

_HANDLES = ("officer", "chair")

make_suggestion = command(
    "governance", "make_suggestion", request=requests.MakeSuggestion, reply=shapes.SuggestionDetail, allow=("member",),
    doc="Suggest something to the union or to the own unit, by name.", title="提出建议", delegable=False,
)  # fmt: skip
make_anonymous_suggestion = command(
    "governance", "make_anonymous_suggestion", request=requests.MakeAnonymousSuggestion, reply=shapes.SuggestionCode,
    allow=(PUBLIC,), doc="Suggest something without a name; the reply has the code to follow it by, shown once.",
    title="匿名提出建议", unlinked=True,
)  # fmt: skip
follow_suggestion = command(
    "governance", "follow_suggestion", request=requests.FollowSuggestion, reply=shapes.FollowedSuggestion,
    allow=(PUBLIC,), doc="What became of an anonymous suggestion, by its code. Nothing is changed or kept.",
    title="凭查询码查看答复", unlinked=True,
)  # fmt: skip
my_suggestions = query(
    "governance", "my_suggestions", request=requests.PageRequest, reply=Page(shapes.Suggestion), allow=("member",),
    doc="One's own suggestions made by name, newest first.", title="查看自己的建议",
)  # fmt: skip
list_suggestions = query(
    "governance", "list_suggestions", request=requests.ListSuggestions, reply=Page(shapes.Suggestion), allow=_HANDLES,
    doc="Suggestions to be answered, by default those that wait; a chair: those of the own units.", title="查看建议",
)  # fmt: skip
get_suggestion = query(
    "governance", "get_suggestion", request=requests.SuggestionRef, reply=shapes.SuggestionDetail,
    allow=(*_HANDLES, "member"), doc="One suggestion whole, to its author and to those who answer it.",
    title="查看一件建议",
)  # fmt: skip
pass_suggestion_on = command(
    "governance", "pass_suggestion_on", request=requests.PassSuggestionOn, reply=shapes.Suggestion, allow=_HANDLES,
    doc="Hand a suggestion to a unit, or back to the union; the unit does not see who made it.", title="转办建议",
)  # fmt: skip
answer_suggestion = command(
    "governance", "answer_suggestion", request=requests.AnswerSuggestion, reply=shapes.SuggestionDetail,
    allow=_HANDLES, doc="Answer a suggestion, or replace the answer.", title="答复建议",
)  # fmt: skip
publish_suggestion = command(
    "governance", "publish_suggestion", request=requests.PublishSuggestion, reply=shapes.SuggestionDetail,
    allow=_HANDLES, doc="Let all members read question and answer, where the author agreed.", title="公开答复",
)  # fmt: skip
unpublish_suggestion = command(
    "governance", "unpublish_suggestion", request=requests.SuggestionRef, reply=shapes.SuggestionDetail,
    allow=_HANDLES, doc="Show question and answer to the author only.", title="取消公开答复",
)  # fmt: skip
close_suggestion = command(
    "governance", "close_suggestion", request=requests.CloseSuggestion, reply=shapes.SuggestionDetail, allow=_HANDLES,
    doc="End a suggestion without an answer, with the reason.", title="不予答复",
)  # fmt: skip
withdraw_suggestion = command(
    "governance", "withdraw_suggestion", request=requests.SuggestionRef, reply=shapes.SuggestionDetail,
    allow=("member",), doc="Withdraw one's own suggestion that was not answered.", title="撤回建议", delegable=False,
)  # fmt: skip
list_suggestion_answers = query(
    "governance", "list_suggestion_answers", request=requests.ListAnswers, reply=Page(shapes.PublishedAnswer),
    allow=(*_HANDLES, "auditor", "member"), doc="Published questions and answers.", title="查看公开的答复",
    reach={"chair": "union", "member": "union"},
)  # fmt: skip
suggestion_figures = query(
    "governance", "suggestion_figures", request=requests.SuggestionFiguresRequest, reply=shapes.SuggestionFigures,
    allow=("officer", "auditor"), doc="Suggestions of a year in counts by topic.", title="查看建议统计",
)  # fmt: skip
