"""Operations on ballots."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import SYSTEM, Page, Schema, command, query
from services.contracts.governance.ballots import requests, shapes

_SEES = ("officer", "auditor", "chair")
_RUNS = ("officer", "chair")


class VoteAnswer(Schema):
    """The answer to one vote of a batch: the vote, or the refusal as a problem."""

    voted = fields.Nested(shapes.Voted, required=True, allow_none=True)
    problem = fields.Dict(keys=fields.String(), required=True, allow_none=True)


class VoteAnswers(Schema):
    """The answers to a batch, in its order."""

    items = fields.List(fields.Nested(VoteAnswer), required=True)


list_ballots = query(
    "governance", "list_ballots", request=requests.ListBallots, reply=Page(shapes.Ballot), allow=_SEES,
    doc="Ballots, newest first; a chair sees those of the own unit.", title="查看表决",
)  # fmt: skip
get_ballot = query(
    "governance", "get_ballot", request=requests.BallotRef, reply=shapes.BallotDetail, allow=(*_SEES, "member"),
    doc="One ballot; to members whose name is on its roll.", title="查看一次表决",
)  # fmt: skip
create_ballot = command(
    "governance", "create_ballot", request=requests.CreateBallot, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Create a ballot; a chair one of the own unit.", title="创建表决",
)  # fmt: skip
change_ballot = command(
    "governance", "change_ballot", request=requests.ChangeBallot, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Change a ballot before it is opened.", title="修改表决",
)  # fmt: skip
count_electorate = query(
    "governance", "count_electorate", request=requests.CountElectorate, reply=shapes.ElectorateCount, allow=_RUNS,
    doc="How many members would be on the roll now.", title="查看投票人数", reach={"chair": "union"},
)  # fmt: skip
open_ballot = command(
    "governance", "open_ballot", request=requests.OpenBallot, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Open a ballot: its roll is frozen, then votes are taken.", title="开始表决",
)  # fmt: skip
close_ballot = command(
    "governance", "close_ballot", request=requests.BallotRef, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Close a ballot and count the votes.", title="结束表决",
)  # fmt: skip
cancel_ballot = command(
    "governance", "cancel_ballot", request=requests.CancelBallot, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Cancel a ballot that is not closed; its votes count for nothing.", title="取消表决",
)  # fmt: skip
call_round = command(
    "governance", "call_round", request=requests.CallRound, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Call the next round of an election: a run-off between ties, or for the seats left.", title="发起再次选举",
)  # fmt: skip
set_proxy = command(
    "governance", "set_proxy", request=requests.SetProxy, reply=shapes.Voter, allow=_RUNS,
    doc="Let a member on the roll be represented by another, where the rules allow proxies.", title="登记委托投票",
)  # fmt: skip
name_scrutineers = command(
    "governance", "name_scrutineers", request=requests.NameScrutineers, reply=shapes.BallotDetail, allow=_RUNS,
    doc="Name the scrutineers of a secret ballot, who open its votes together.", title="指定监票人",
)  # fmt: skip
request_token = command(
    "governance", "request_token", request=requests.RequestToken, reply=shapes.BlindSignature, allow=("member",),
    doc="Get the token of a secret ballot, signed blind; the same request gets the same answer.", title="领取投票凭证",
    delegable=False,
)  # fmt: skip
list_voters = query(
    "governance", "list_voters", request=requests.ListVoters, reply=Page(shapes.Voter), allow=_SEES,
    doc="The roll of a ballot with who voted; a chair sees the own unit.", title="查看投票人名册",
)  # fmt: skip
list_votes = query(
    "governance", "list_votes", request=requests.ListVotes, reply=Page(shapes.NamedVote), allow=(*_SEES, "member"),
    doc="Who voted what in a named ballot that is closed; to members on its roll.", title="查看记名投票",
    reach={"member": "union"},
)  # fmt: skip
get_ballot_result = query(
    "governance", "get_ballot_result", request=requests.BallotRef, reply=shapes.BallotResult, allow=(*_SEES, "member"),
    doc="The result of a closed ballot; to members on its roll.", title="查看表决结果",
)  # fmt: skip
my_ballots = query(
    "governance", "my_ballots", request=requests.MyBallots, reply=Page(shapes.OwnBallot), allow=("member",),
    doc="Ballots on whose roll one stands, newest first.", title="查看自己的投票",
)  # fmt: skip
vote = command(
    "governance", "vote", request=requests.Vote, reply=shapes.Voted, allow=("member",),
    doc="Vote in a named or open ballot; the same vote again changes nothing.", title="投票", delegable=False,
)  # fmt: skip
cast_votes = command(
    "governance", "cast_votes", request=requests.CastVotes, reply=VoteAnswers, allow=(SYSTEM,),
    doc="Store the votes of several members, each of whom asked, in one go.",
)  # fmt: skip
