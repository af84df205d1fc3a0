"""The rules of check-in in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.attendance": (_l("出席登记流程"), _l("这一条现在的状态不能这样办理。")),
    "check_in.runs_a_desk": (_l("由组织者或签到员办理签到"), _l("您不是这次活动的组织者或签到员。")),
    "check_in.activity_takes_place": (_l("活动照常举行"), _l("活动还没有发布，或已经取消，不能签到。")),
    "check_in.check_in_is_open": (_l("在签到时间之内"), _l("现在不在签到时间之内，开放时间写在签到台上。")),
    "check_in.check_in_has_begun": (_l("开放签到后才登记出席"), _l("签到还没有开始，到时再登记到场或缺席。")),
    "check_in.list_is_open": (_l("出席名单没有关闭"), _l("出席名单已经关闭；需要更正时，请组织者重新打开。")),
    "check_in.list_is_closed": (_l("出席名单已关闭"), _l("出席名单没有关闭。")),
    "check_in.person_is_named": (_l("一次登记一个人"), _l("请扫签到码，或选一位会员，二者取一。")),
    "check_in.code_belongs_here": (_l("签到码属于本次活动"), _l("这是另一次活动的签到码。")),
    "check_in.code_is_in_time": (_l("签到码在有效期内"), _l("签到码已过期，请对方刷新页面，出示新的码。")),
    "check_in.member_belongs": (_l("会籍在册"), _l("这位会员的会籍不在册，不能签到。")),
    "check_in.registration_is_in_force": (
        _l("报名已确认"), _l("对方的报名已取消或还在候补。确认让其入场的话，会在名单上标出。"),
    ),
    "check_in.walk_ins_are_allowed": (_l("允许未报名的会员入场"), _l("对方没有报名，这次活动不接待未报名的会员。")),
    "check_in.walk_in_finds_a_seat": (
        _l("有空余名额"),
        _l("没有空余名额：名额 %(capacity)s，已报名 %(seats_taken)s，现场加入 %(walked_in)s。"),
    ),
    "check_in.companions_as_registered": (_l("同行人数不超过报名"), _l("同行最多 %(most)s 人。")),
    "check_in.scan_follows_the_list": (_l("扫码晚于名单"), _l("这次扫码早于签到台下载名单的时间，没有登记。")),
    "check_in.not_taken_back_since": (_l("签到没有被撤销"), _l("扫码之后签到被撤销，没有恢复。需要时请再扫一次。")),
    "check_in.member_is_checked_in": (_l("已经签到"), _l("这位会员没有签到记录。")),
    "check_in.attendance_is_certified": (_l("出席名单关闭后可下载证明"), _l("出席名单关闭后，到场的会员可以下载证明。")),
    "check_in.card_is_in_force": (_l("会员卡有效"), _l("会员卡无效、已过期，或是旧卡；请对方重新打开会员卡，或按姓名登记。")),
    "check_in.code_is_genuine": (
        _l("签到码有效"), _l("这不是签到码。请扫会员手机上“签到码”页面的码，或会员卡。"),
    ),
    "check_in.list_holds": (
        _l("签到台的名单有效"), _l("签到台的名单已失效，没有登记。请按纸质记录在出席名单里补登。"),
    ),
    "calendar.count_is_not_another": (
        _l("参加人数以出席名单为准"), _l("出席名单已关闭，参加人数是 %(attended)s。要更正，请重新打开名单。"),
    ),
}  # fmt: skip
