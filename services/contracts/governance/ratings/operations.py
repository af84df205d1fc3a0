"""Operations on ratings."""

from __future__ import annotations

from services.chassis.schema import PUBLIC, Page, command, query
from services.contracts.governance.ratings import requests, shapes

_SEES = ("officer", "auditor", "chair")

list_ratings = query(
    "governance", "list_ratings", request=requests.ListRatings, reply=Page(shapes.Rating), allow=_SEES,
    doc="Rounds of ratings, newest first; a chair sees those of the members.", title="查看评议",
    reach={"chair": "union"},
)  # fmt: skip
get_rating = query(
    "governance", "get_rating", request=requests.RatingRef, reply=shapes.RatingDetail, allow=(*_SEES, "member"),
    doc="One round; to members on its roll.", title="查看一次评议", reach={"chair": "union"},
)  # fmt: skip
create_rating = command(
    "governance", "create_rating", request=requests.CreateRating, reply=shapes.RatingDetail, allow=("officer",),
    doc="Create a round.", title="发起评议",
)  # fmt: skip
change_rating = command(
    "governance", "change_rating", request=requests.ChangeRating, reply=shapes.RatingDetail, allow=("officer",),
    doc="Change a round before it is opened.", title="修改评议",
)  # fmt: skip
open_rating = command(
    "governance", "open_rating", request=requests.RatingRef, reply=shapes.RatingDetail, allow=("officer",),
    doc="Open a round: its roll is frozen, keys are made, then sheets are taken.", title="开始评议",
)  # fmt: skip
close_rating = command(
    "governance", "close_rating", request=requests.RatingRef, reply=shapes.RatingDetail, allow=("officer",),
    doc="Close a round: its sheets are counted and erased.", title="结束评议",
)  # fmt: skip
cancel_rating = command(
    "governance", "cancel_rating", request=requests.CancelRating, reply=shapes.RatingDetail, allow=("officer",),
    doc="Cancel a round that is not closed; its sheets are erased.", title="取消评议",
)  # fmt: skip
remind_raters = command(
    "governance", "remind_raters", request=requests.RatingRef, reply=shapes.RatingDetail, allow=("officer",),
    doc="Remind all who may fill in a sheet, whether they did or not.", title="提醒填写评议表",
)  # fmt: skip
publish_rating = command(
    "governance", "publish_rating", request=requests.RatingRef, reply=shapes.RatingDetail, allow=("officer",),
    doc="Let those who assessed leaders read the result.", title="公布评议结果",
)  # fmt: skip
give_paper = command(
    "governance", "give_paper", request=requests.GivePaper, reply=shapes.PaperGiven, allow=("officer",),
    doc="Note that a member gets a paper sheet and no token.", title="发放纸质评议表",
)  # fmt: skip
enter_papers = command(
    "governance", "enter_papers", request=requests.EnterPapers, reply=shapes.RatingDetail, allow=("officer",),
    doc="Enter the counts of a group's paper sheets.", title="录入纸质评议表",
)  # fmt: skip
request_rating_token = command(
    "governance", "request_rating_token", request=requests.RequestRatingToken, reply=shapes.RatingToken,
    allow=("member",), doc="Get the token of a round, signed blind; the same request gets the same answer.",
    title="领取评议凭证", delegable=False,
)  # fmt: skip
get_rating_keys = query(
    "governance", "get_rating_keys", request=requests.RatingRef, reply=shapes.RatingKeys, allow=(PUBLIC,),
    doc="The keys that sign the tokens of a round, without an account.", title="查看评议公钥", unlinked=True,
)  # fmt: skip
hand_in_sheet = command(
    "governance", "hand_in_sheet", request=requests.HandInSheet, reply=shapes.SheetTaken, allow=(PUBLIC,),
    doc="Hand in a sheet, without an account; the same sheet again gets the same answer.", title="提交评议表",
    unlinked=True,
)  # fmt: skip
get_rating_result = query(
    "governance", "get_rating_result", request=requests.RatingRef, reply=shapes.RatingResult,
    allow=(*_SEES, "member"), doc="The result of a closed round, as far as the caller may see it.",
    title="查看评议结果",
)  # fmt: skip
list_rating_units = query(
    "governance", "list_rating_units", request=requests.ListRatingUnits, reply=Page(shapes.RatingUnit),
    allow=("officer", "auditor"), doc="The units of a closed round, for comparison.", title="比较各单位评议结果",
)  # fmt: skip
list_rating_remarks = query(
    "governance", "list_rating_remarks", request=requests.ListRemarks, reply=Page(shapes.Remark),
    allow=("officer", "chair"), doc="The remarks of a closed round, in random order; a chair sees the own unit's.",
    title="查看评议意见",
)  # fmt: skip
rating_trend = query(
    "governance", "rating_trend", request=requests.RatingTrend, reply=shapes.Trend, allow=(*_SEES, "member"),
    doc="How satisfied the members were over the years, with one unit beside the whole.", title="查看历年评议",
)  # fmt: skip
my_ratings = query(
    "governance", "my_ratings", request=requests.MyRatings, reply=Page(shapes.OwnRating), allow=("member",),
    doc="Rounds on whose roll one stands, newest first.", title="查看自己的评议",
)  # fmt: skip
