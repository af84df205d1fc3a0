"""The words of mediation, with the Chinese text people read."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

DISPUTE_MATTERS = Vocabulary(
    "dispute_matter", employment="是否存在劳动人事关系", contract="合同的订立、履行、变更、解除",
    dismissal="辞退、辞职、离职",
    hours="工作时间、休息休假", pay="劳动报酬", compensation="经济补偿、赔偿、工伤医疗费",
    welfare="福利、培训、劳动保护",
    insurance_unpaid="单位未缴或少缴社会保险费", insurance_agency="社会保险待遇的核定和发放",
    housing_fund="住房公积金未缴或少缴",
    injury_finding="工伤认定结论", assessment="考核结果", discipline="处分决定", other="其他劳动人事争议",
)  # fmt: skip
"""What a dispute is about; a rule row says of each whether it is mediated here, or where to go."""
DISPUTE_ROUTES = Vocabulary(
    "dispute_route", mediate="可以在这里调解", review_appeal="向原单位申请复核，再向主管部门或人事综合管理部门申诉",
    levy_office="向社会保险费征收机构或劳动保障监察机构投诉",
    insurance_office="对社会保险经办机构申请行政复议或提起诉讼",
    housing_fund_office="向住房公积金管理中心投诉", injury_review="依法申请行政复议或提起行政诉讼",
)  # fmt: skip
DISPUTE_ORIGINS = Vocabulary("dispute_origin", written="书面申请", oral="口头申请", proposed="调解组织主动提出")
DISPUTE_SIDES = Vocabulary("dispute_side", applicant="申请方", respondent="被申请方")
RESPONDENT_KINDS = Vocabulary("respondent_kind", department="用人单位的部门", member="其他会员")
DISPUTE_STATES = Vocabulary(
    "dispute", applied="已申请", registered="已登记", consent_check="征求意见", accepted="已受理",
    declined="一方不同意",
    mediating="调解中", agreement="达成协议", confirmed="已审查确认", failed="调解不成", expired="期满未成",
    referred="告知其他途径", withdrawn="已撤回", performed="已履行", breached="未履行",
)  # fmt: skip
DISPUTE_STAGES = DISPUTE_STATES.only(
    "applied", "registered", "consent_check", "accepted", "mediating", "agreement", "performed"
)
CLOCKED = ("applied", "registered", "consent_check", "accepted", "mediating")
"""States in which the days run."""
CLOSED = ("referred", "declined", "failed", "expired", "withdrawn", "performed", "breached")

DISPUTE_MOVES = Vocabulary(
    "dispute_move", register="登记", ask_consent="征求双方意见", begin="开始调解", fail="登记调解不成", withdraw="撤回",
    confirm="登记审查确认", perform="登记已履行", breach="登记未履行", refer="告知其他途径",
)  # fmt: skip
DISPUTE_STEPS = Vocabulary(
    "dispute_step", {
        **DISPUTE_MOVES.texts, "apply": "申请", "record": "口头申请记录", "propose": "主动提出调解", "take": "接办",
        "take_over": "接替离任的经办人",
        "release": "退回待接办", "accept": "双方同意，受理", "decline": "一方不同意", "agree": "达成协议",
        "expire": "期满",
        "consent": "答复意见", "assign": "指定调解员", "serve": "调解员承诺无利害关系", "step_aside": "调解员回避",
        "remove_mediator": "更换调解员", "propose_extension": "提出延期", "extend": "双方同意延期",
        "refuse_extension": "不同意延期", "hearing": "安排调解会", "hearing_notes": "登记调解记录", "draft": "拟定协议",
        "party": "登记当事人", "representatives": "推举代表",
    },
)  # fmt: skip
"""What the history of a case tells."""
DISPUTE_ROLES = Vocabulary("dispute_role", applicant="申请方", respondent="被申请方", mediator="调解员", clerk="经办人")
"""In which role somebody stands to a case."""
CONSENTS = Vocabulary("dispute_consent", mediation="同意调解", extension="同意延期")
SIGNATURES = Vocabulary("dispute_signature", signed="签名", sealed="盖章")
STEP_ASIDE = Vocabulary(
    "dispute_interest", relative="是当事人或代理人的近亲属", interest="与争议有利害关系",
    relation="有其他关系，可能影响公正", private_contact="私自会见当事人或接受请客送礼",
)  # fmt: skip
SERVING = Vocabulary("dispute_serving", asked="待答复", serving="担任", stepped_aside="已回避", removed="已更换")
DISPUTE_PAPERS = Vocabulary(
    "dispute_paper", evidence="证据材料", application="签名的申请书", consent="书面意见", agreement="签名盖章的协议书",
    record="签名的调解笔录", confirmation="仲裁审查文书", other="其他材料",
)  # fmt: skip
DISPUTE_WARNINGS = Vocabulary("dispute_warning", claim_is_old="可能已超过申请仲裁的时效")
DISPUTES_SHOWN = Vocabulary("disputes_shown", open="未结束", all="全部")
DISPUTE_ORDERS = Vocabulary(
    "dispute_order", {"-received_on": "收到时间，新的在前", "due_on": "期限，近的在前"},
)  # fmt: skip

DISPUTE_FIELDS = Vocabulary(
    "dispute_field", number="编号", matter="争议事项", origin="来源", state="状态", received_on="收到日期",
    due_on="期限",
    claim="请求", facts="事实和理由", known_on="何时知道权益被侵害", employed="仍在本校工作", name="姓名",
    contact="联系方式", respondent_kind="对方是", respondent_name="对方名称", respondent_member_id="对方会员",
    member_id="会员", applicant_name="申请人姓名", applicant_contact="申请人联系方式", applicant_member_id="申请人会员",
    note="说明", reason="原因", show="范围", sort="排序", roles="身份", waits="待办", side="哪一方", party_ids="代表",
    mediator_id="调解员", ground="回避原因", until="延长到", answer="是否同意", about="事项", held_at="时间",
    place="地点",
    notes="调解情况", attended="到场人员", text="协议内容", perform_by="履行期限", applicant_mark="申请方",
    respondent_mark="被申请方", mediator_signed_on="调解员签名日期", sealed_on="调解组织盖章日期", kind="材料种类",
    year="年份", count="件数", content="文件", recorded_at="记录时间", document_number="文书编号", on="日期",
)  # fmt: skip
