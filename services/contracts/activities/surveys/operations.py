"""Operations of surveys: writing, running, answering."""

from __future__ import annotations

from services.chassis.schema import PUBLIC, Page, command, query
from services.contracts.activities.surveys import requests, shapes

_RUNS = ("officer", "chair")
_LOOKS = ("officer", "chair", "auditor")

list_surveys = query(
    "activities", "list_surveys", request=requests.ListSurveys, reply=Page(shapes.Survey), allow=_LOOKS,
    doc="Surveys, latest first; a chair: those of the own units.", title="查看问卷",
)  # fmt: skip
my_surveys = query(
    "activities", "my_surveys", request=requests.MySurveys, reply=Page(shapes.OwnSurvey), allow=("member",),
    doc="Surveys on whose roll one stands, latest first.", title="查看自己的问卷",
)  # fmt: skip
get_survey = query(
    "activities", "get_survey", request=requests.SurveyRef, reply=shapes.SurveyDetail, allow=(*_LOOKS, "member"),
    doc="One survey, to who runs it and who stands on its roll.", title="查看一份问卷",
)  # fmt: skip
write_survey = command(
    "activities", "write_survey", request=requests.WriteSurvey, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Write a survey as a draft; a chair for the own unit or its activities.", title="起草问卷",
)  # fmt: skip
copy_survey = command(
    "activities", "copy_survey", request=requests.SurveyRef, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Copy what a survey asks to a new draft, without times.", title="复制问卷",
)  # fmt: skip
change_survey = command(
    "activities", "change_survey", request=requests.ChangeSurvey, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Change a draft; once opened, neither questions nor anonymity change.", title="修改问卷",
)  # fmt: skip
open_survey = command(
    "activities", "open_survey", request=requests.SurveyRef, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Open a draft: the roll is frozen; those on it are asked as soon as the keys of anonymous ones are made.",
    title="开始问卷",
)  # fmt: skip
extend_survey = command(
    "activities", "extend_survey", request=requests.ExtendSurvey, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Take answers for longer; those who have not answered are told.", title="延长问卷",
)  # fmt: skip
remind_survey = command(
    "activities", "remind_survey", request=requests.SurveyRef, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Remind who has not answered, once a day at most; of anonymous ones all but those who are told in batches.",
    title="提醒填写问卷",
)  # fmt: skip
close_survey = command(
    "activities", "close_survey", request=requests.SurveyRef, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Close a survey: anonymous sheets are counted and erased.", title="结束问卷",
)  # fmt: skip
publish_survey = command(
    "activities", "publish_survey", request=requests.PublishSurvey, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Let those who were asked read the result, and tell them.", title="公布问卷结果",
)  # fmt: skip
cancel_survey = command(
    "activities", "cancel_survey", request=requests.CancelSurvey, reply=shapes.SurveyDetail, allow=_RUNS,
    doc="Cancel a survey that is not closed; what was answered is erased.", title="取消问卷",
)  # fmt: skip
answer_survey = command(
    "activities", "answer_survey", request=requests.AnswerSurvey, reply=shapes.AnswersTaken, allow=("member",),
    doc="Answer a named survey, or change one's answers while it is open.", title="填写实名问卷", delegable=False,
)  # fmt: skip
request_survey_token = command(
    "activities", "request_survey_token", request=requests.RequestSurveyToken, reply=shapes.SurveyToken,
    allow=("member",), doc="Get the token of an anonymous survey, signed blind; the same request, the same answer.",
    title="领取问卷凭证", delegable=False,
)  # fmt: skip
get_survey_keys = query(
    "activities", "get_survey_keys", request=requests.SurveyRef, reply=shapes.SurveyKeys, allow=(PUBLIC,),
    doc="The keys that sign the tokens of a survey, without an account.", title="查看问卷公钥", unlinked=True,
)  # fmt: skip
hand_in_answers = command(
    "activities", "hand_in_answers", request=requests.HandInAnswers, reply=shapes.AnswersTaken, allow=(PUBLIC,),
    doc="Hand in answers to an anonymous survey, without an account; the same again gets the same answer.",
    title="提交匿名问卷", unlinked=True,
)  # fmt: skip
