"""Operations of the results of surveys."""

from __future__ import annotations

from services.chassis.schema import Page, command, query
from services.contracts.activities.surveys import requests, shapes

_RUNS = ("officer", "chair")
_LOOKS = ("officer", "chair", "auditor")

get_survey_result = query(
    "activities", "get_survey_result", request=requests.SurveyRef, reply=shapes.SurveyResult,
    allow=(*_LOOKS, "member"), doc="The result of a survey that ended; to members once it is published.",
    title="查看问卷结果",
)  # fmt: skip
list_survey_figures = query(
    "activities", "list_survey_figures", request=requests.SurveyFigures, reply=Page(shapes.SurveyFigure), allow=_LOOKS,
    doc="The result of a survey that ended, a line for each option.", title="查看问卷统计",
)  # fmt: skip
list_survey_texts = query(
    "activities", "list_survey_texts", request=requests.SurveyTexts, reply=Page(shapes.SurveyText),
    allow=(*_LOOKS, "member"),
    doc="What was written, in random order; to members those not hidden, where they are published.",
    title="查看问卷的文字回答",
)  # fmt: skip
moderate_survey_text = command(
    "activities", "moderate_survey_text", request=requests.ModerateText, reply=shapes.SurveyText, allow=_RUNS,
    doc="Hide a text with the reason, or show it again.", title="隐藏问卷的文字回答",
)  # fmt: skip
open_survey_answers = command(
    "activities", "open_survey_answers", request=requests.SurveyPart, reply=Page(shapes.NamedAnswer), allow=_RUNS,
    doc="A page of who answered what to a named survey, once it ended; each look is logged.",
    title="查看实名问卷的回答",
)  # fmt: skip
my_survey_answers = query(
    "activities", "my_survey_answers", request=requests.PageRequest, reply=Page(shapes.OwnAnswer), allow=("member",),
    doc="What one answered to named surveys, latest first.", title="查看自己的实名回答",
)  # fmt: skip
