"""The rules of programmes of goods in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_NOT_THE_UNITS = (_l("分工会在名单范围内"), _l("这一批只发给指定的分工会。"))

RULES = {
    "workflow.cycle": (_l("福利批次办理流程"), _l("这一批现在的状态不能这样办理。")),
    "programmes.caller_is_a_member": (_l("会员才能享受"), _l("这个账号还不是会员。")),
    "programmes.name_is_new": (_l("项目名称不重复"), _l("已有同名的福利项目。")),
    "programmes.festival_is_traditional": (_l("限传统节日"), _l("按现行规定，这个节日不发慰问品。")),
    "programmes.one_cycle_a_year": (_l("每个项目每年一批"), _l("这个项目今年已有一批，请在那一批里办理。")),
    "programmes.days_follow_each_other": (_l("日期先后合理"), _l("选择截止须早于开始领取，领取截止不早于开始领取。")),
    "programmes.cycle_can_be_changed": (_l("批准前才能修改"), _l("这一批已经批准或结束，不能再改礼包和时段。")),
    "programmes.package_price_fits": (_l("礼包不超过每人标准"), _l("礼包价格不能超过每人标准 %(price)s 元，消费帮扶金额不能超过礼包价格。")),
    "programmes.stock_covers_chosen": (_l("数量不少于已选"), _l("已有 %(chosen)s 人选了这个礼包，数量不能更少。")),
    "programmes.standing_is_served": (_l("会籍状态在名单范围内"), _l("这一批不发给这种会籍状态的会员。")),
    "programmes.unit_is_served": _NOT_THE_UNITS,
    "programmes.employment_is_served": (_l("用工形式在名单范围内"), _l("这一批只发给指定用工形式的会员。")),
    "programmes.joined_in_time": (_l("入会日期在名单范围内"), _l("这一批只发给 %(joined_by)s 及之前入会的会员。")),
    "programmes.employment_has_benefit": (_l("用工形式享有这项福利"), _l("按现行规定，这种用工形式的会员不由工会发放这项福利。")),
    "programmes.somebody_is_entitled": (_l("名单上有人"), _l("名单上没有人。")),
    "programmes.one_package_is_default": (_l("有一个默认礼包"), _l("须有且只有一个默认礼包，逾期未选的会员领这一个。")),
    "programmes.stock_suffices": (_l("礼包数量足够"), _l("礼包共 %(stock)s 份，名单上有 %(entitled)s 人。")),
    "programmes.cap_of_year_is_kept": (_l("不超过全年上限"), _l("有 %(members)s 人全年累计会超过上限 %(cap)s 元。")),
    "programmes.list_is_current": (_l("名单上都在会"), _l("名单生成后有 %(gone)s 人退会或去世，批准时自动撤下。")),
    "programmes.places_suffice": (_l("领取时段容得下"), _l("各时段共可领 %(places)s 人，名单上有 %(entitled)s 人。")),
    "programmes.share_of_paired_aid": (_l("消费帮扶达到比例"), _l("消费帮扶占 %(percent)s%%，要求不低于 %(least)s%%。")),
    "programmes.approval_is_of_what_was_seen": (_l("批准的就是看到的"), _l("名单现在是 %(entitled)s 人，不是您看到的 %(seen)s 人，请重新核对。")),
    "programmes.choosing_is_open": (_l("在选择期内"), _l("选择须在批准之后、%(choose_until)s 之前。")),
    "programmes.package_is_in_stock": (_l("礼包有余量"), _l("这个礼包刚被选完，请另选一个。")),
    "programmes.slot_has_places": (_l("时段有名额"), _l("这个时段已约满，请另选一个。")),
    "programmes.handing_out_is_open": (_l("在发放期内"), _l("发放时间是 %(first)s 至 %(last)s。")),
    "programmes.goods_can_be_handed_out": (_l("有可领的慰问品"), _l("这一份已过期、已撤下或还没有选定，不能领取。")),
    "programmes.goods_are_handed_out_once": (_l("一码只领一次"), _l("这一份已于 %(at)s 领取，不能再领。")),
    "programmes.member_belongs": (_l("会籍在册"), _l("会籍已经终止，不再发放。")),
    "programmes.proxy_has_consent": (_l("代领须本人同意"), _l("本人没有同意代领，请先由本人在“我的慰问品”里填写代领人。")),
    "programmes.proxy_is_named": (_l("代领人是本人指定的"), _l("签收人不是本人同意的代领人，请核对身份和姓名。")),
    "programmes.choices_are_few": (_l("礼包和时段不过多"), _l("已有 %(most)s 个，不能再添加。")),
    "programmes.days_are_ahead": (_l("领取日期还没有过"), _l("领取截止日期已过，批准后无法领取，请取消后重新建立。")),
    "programmes.claims_can_be_put_again": (_l("有未予入账的慰问品"), _l("这一批没有未予入账的慰问品，不用重新申报。")),
    "programmes.code_is_genuine": (_l("领取码真实"), _l("这不是本会发出的领取码，请让会员重新打开“我的慰问品”。")),
    "programmes.code_is_in_time": (_l("领取码在有效期内"), _l("领取码已过期，这一批已经结束。")),
    "programmes.line_is_known": (_l("序号在名单上"), _l("名单上没有这个序号。")),
    "programmes.signed_in_the_days": (_l("签收日期合理"), _l("签收时间须在发放期内，且不晚于现在。")),
}  # fmt: skip

INPUT_ERRORS = {
    "programmes.days_follow_each_other": _l("选择截止须早于开始领取，领取截止不早于开始领取。"),
    "programmes.slot_ends_later": _l("结束时间须晚于开始时间。"),
}
