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
    "workflow.congress_session": (_l("会议流程"), _l("会议现在的状态不能这样办理。")),
    "workflow.agenda_item": (_l("议题流程"), _l("议题现在的状态不能这样办理。")),
    "workflow.congress_speaker": (_l("发言流程"), _l("这位代表的发言现在不能这样办理。")),
    "congress.meets_in_term": (_l("任期内召开会议"), _l("这一届还没有开始，或已经届满。")),
    "congress.session_number_is_free": (_l("会议次数不重复"), _l("这次会议已经建立。")),
    "congress.session_days_fit": (_l("会议在任期内召开"), _l("会议日期须在 %(from)s 至 %(to)s 之间，先开后闭。")),
    "congress.enough_ask": (
        _l("联名达到规定人数才召开临时会议"),
        _l("全体代表 %(delegates)s 名，至少 %(required)s 名联名才能提议召开临时会议，登记为 %(requesters)s 名。"),
    ),
    "congress.agenda_is_there": (_l("有议程才召集"), _l("请先列出议程。")),
    "congress.agenda_is_done": (_l("议程完成才闭会"), _l("还有 %(count)s 项议题没有完成。")),
    "congress.votes_are_counted": (_l("计票后才结束"), _l("还有 %(count)s 项表决没有计票。")),
    "congress.agenda_is_few": (_l("议题数量有限"), _l("最多 %(most)s 项议题。")),
    "congress.session_is_not_over": (_l("闭会前才能改动"), _l("会议已经闭会。")),
    "congress.session_takes_people": (_l("召集后签到"), _l("会议还没有召集，或已经闭会。")),
    "congress.session_is_on": (_l("会议进行中才能办理"), _l("会议不在进行中。")),
    "congress.is_a_delegate": (_l("代表才签到、发言、表决"), _l("此人不是这一届的在任代表。")),
    "congress.delegate_came": (_l("签到的代表才离场、发言"), _l("这位代表还没有签到，或已离场。")),
    "congress.came_by_now": (_l("按实际时间登记签到"), _l("签到时间不能晚于现在。")),
    "congress.session_has_not_begun": (_l("开会前才能改期"), _l("会议已经开始，不能再改日期和会场。")),
    "congress.card_is_in_force": (_l("扫有效的会员卡"), _l("这不是有效的会员卡。")),
    "congress.quorum_is_there": (
        _l("达到法定人数"), _l("到会代表没有达到规定人数，还差 %(missing)s 名，不能开会或表决。"),
    ),
    "congress.item_has_not_begun": (_l("开始前才能调整"), _l("议题已经开始。")),
    "congress.one_item_at_a_time": (_l("一次一项议题"), _l("请先完成正在进行的议题。")),
    "congress.item_is_open": (_l("议题进行中才能办理"), _l("这项议题不在进行中。")),
    "congress.speakers_are_taken": (_l("开放时登记发言"), _l("发言登记没有开放，或已截止。")),
    "congress.one_speaks_at_a_time": (_l("一次一人发言"), _l("另一位代表正在发言。")),
    "congress.wants_once": (_l("一次登记一个发言"), _l("您已在发言名单上。")),
    "congress.item_is_voted_on": (_l("只表决讨论通过的议题"), _l("听取、审议、评议的议题不表决。")),
    "congress.body_votes": (_l("由所属会议表决"), _l("这项议题由另一个会议表决。")),
    "congress.is_resolved_once": (_l("一项议题每个会议表决一次"), _l("这个会议已经表决。")),
    "congress.hands_are_those_present": (
        _l("举手人数不超过到会人数"), _l("登记 %(hands)s 人举手，到会只有 %(present)s 人。"),
    ),
    "congress.session_is_of_congress": (_l("主席团属于一次会议"), _l("这次会议属于另一届。")),
    "congress.organs_are_few": (_l("机构数量有限"), _l("最多 %(most)s 个机构。")),
    "congress.one_of_its_kind": (_l("一届一个执委会、一次一个主席团"), _l("已经有一个，请修改它的成员。")),
    "congress.organ_name_is_free": (_l("机构名称不重复"), _l("已有同名的机构。")),
    "congress.organ_is_of_delegates": (_l("机构由代表组成"), _l("有 %(count)s 人不是这一届的在任代表。")),
    "congress.head_is_in_organ": (_l("召集人是机构成员"), _l("请把主任或召集人也选为成员。")),
    "congress.organ_is_of_congress": (_l("机构向本届会议报告"), _l("这个机构属于另一届。")),
    "congress.organ_reports_nowhere": (_l("有报告的机构不撤销"), _l("它的报告已列入议程，不能撤销。")),
    "congress.executive_reports": (
        _l("执委会向会议报告工作"), _l("执行委员会在闭会期间工作，请把它的工作报告列入议程。"),
    ),
    "congress.item_is_of_session": (_l("文件属于本次会议的议题"), _l("这项议题属于另一次会议。")),
    "congress.guests_are_few": (_l("列席人数有限"), _l("最多邀请 %(most)s 人列席。")),
    "congress.guest_is_no_delegate": (_l("代表不作列席"), _l("此人是代表，本来就出席会议。")),
    "congress.guest_is_invited_once": (_l("一人邀请一次"), _l("已经邀请这位会员。")),
    "congress.guest_has_not_come": (_l("到会的保留在名单上"), _l("这位列席人员已经签到，不能取消邀请。")),
    "congress.delegations_are_few": (_l("代表团数量有限"), _l("最多 %(most)s 个代表团。")),
}  # fmt: skip

INPUT_ERRORS = {
    "congress.extra_is_asked_for": _l("临时会议要写明由谁提议，例会不填。"),
    "congress.requesters_are_counted": _l("代表联名的，填写联名人数；其他不填。"),
    "congress.presidium_leads_a_session": _l("主席团属于一次会议，其他机构属于一届。"),
    "congress.guest_is_one": _l("选择会员，或填写校外人员的姓名，只填一项。"),
    "congress.bodies_named_once": _l("每个会议只填一次。"),
    "congress.delegates_named_once": _l("同一人只登记一次。"),
}
