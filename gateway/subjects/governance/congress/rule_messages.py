"""The rules of the congress in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.congress": (_l("代表大会办理流程"), _l("这一届现在的状态不能这样办理。")),
    "workflow.congress_delegate": (_l("代表资格办理流程"), _l("这个代表资格已经终止。")),
    "congress.caller_is_a_member": (_l("会员本人办理"), _l("这个账号还不是会员。")),
    "congress.number_is_free": (_l("届次不重复"), _l("这一届已经建立。")),
    "congress.term_follows": (_l("各届任期不重叠"), _l("上一届任期到 %(before)s，新一届须在其后开始。")),
    "congress.term_has_its_length": (
        _l("任期长度合理"), _l("任期届满日须在 %(from)s 至 %(to)s 之间；换届延期一般不超过一年。"),
    ),
    "congress.bodies_stay": (_l("召开的会议不变"), _l("筹备时定下的会议不能增减。")),
    "congress.has_delegates": (_l("选出代表才能开始任期"), _l("还有会议没有选出代表，请先登记当选代表。")),
    "congress.one_term_at_a_time": (_l("同时只有一届在任"), _l("上一届还没有结束，请先结束上一届。")),
    "congress.is_open": (_l("任期内才能变动"), _l("这一届已经届满，不能再变动。")),
    "congress.body_meets": (_l("会议属于这一届"), _l("这一届不召开这个会议。")),
    "congress.somebody_elects": (_l("有会员的单位才分配名额"), _l("所选单位没有有选举权的会员。")),
    "congress.seats_suffice": (
        _l("名额够每个单位的最低数"), _l("%(units)s 个单位每个至少 %(least)s 名，需要 %(minimum)s 名，只有 %(seats)s 名。"),
    ),
    "congress.seats_cover_delegates": (
        _l("名额不少于在任代表"), _l("单位已有 %(filled)s 名在任代表，名额不能少于这个数。"),
    ),
    "congress.seats_are_within_body": (
        _l("各单位名额不超过总名额"), _l("各单位合计 %(allotted)s 名，超过总名额 %(seats)s 名。"),
    ),
    "congress.unit_elects": (_l("有名额的单位才选举"), _l("这个单位在这个会议没有代表名额。")),
    "congress.seats_are_vacant": (_l("按空缺名额选举"), _l("只有 %(vacant)s 个空缺名额。")),
    "congress.election_is_past": (_l("选举后登记"), _l("选举日期不能晚于今天。")),
    "congress.elected_belong_to_unit": (
        _l("代表从本单位会员中选举"), _l("有 %(count)s 人不是这个单位有选举权的会员。"),
    ),
    "congress.elected_are_found": (
        _l("写明当选的会员"), _l("“%(person)s”在这个单位找不到，或有重名，请填写会员编号。"),
    ),
    "congress.elected_have_no_seat": (_l("一人在一个会议只有一个名额"), _l("有 %(count)s 人已经是这个会议的代表。")),
    "congress.turnout_suffices": (
        _l("参加选举的人数达到规定"), _l("应到 %(entitled)s 人，至少 %(minimum)s 人参加，登记为 %(cast)s 人。"),
    ),
    "congress.candidates_exceed_seats": (
        _l("差额选举"), _l("选 %(elected)s 名至少要有 %(minimum)s 名候选人，登记为 %(candidates)s 名。"),
    ),
    "congress.votes_elect": (
        _l("得票达到规定才当选"), _l("得票至少 %(minimum)s 票、不超过投票人数 %(cast)s，登记的最少为 %(least)s 票。"),
    ),
    "congress.unit_is_in_one_delegation": (
        _l("一个单位只在一个代表团"), _l("有 %(count)s 个单位已在别的代表团。"),
    ),
    "congress.delegation_name_is_free": (_l("代表团名称不重复"), _l("已有同名的代表团。")),
    "congress.head_is_of_delegation": (_l("团长是本团代表"), _l("团长、副团长须是本团的在任代表。")),
    "congress.delegations_are_few": (_l("代表团数量有限"), _l("最多 %(most)s 个代表团。")),
}  # fmt: skip

INPUT_ERRORS = {
    "congress.bodies_named_once": _l("每个会议只填一次。"),
    "congress.delegates_named_once": _l("同一人只登记一次。"),
}
