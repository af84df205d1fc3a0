"""The units of the demo union: a university's union with 24 branch unions and five committees."""

UNION = ("00", "示例大学工会", "Example University Union")

UNITS = (
    ("01", "文学院分工会", "Humanities"),
    ("02", "外国语学院分工会", "Foreign Languages"),
    ("03", "马克思主义学院分工会", "Marxism"),
    ("04", "教师教育学院分工会", "Teacher Education"),
    ("05", "理学院分工会", "Science"),
    ("06", "信息工程学院分工会", "Information Engineering"),
    ("07", "工学院分工会", "Engineering"),
    ("08", "生命科学学院分工会", "Life Sciences"),
    ("09", "医学院分工会", "Medicine"),
    ("10", "护理学院分工会", "Nursing"),
    ("11", "经济管理学院分工会", "Economics and Management"),
    ("12", "法学院分工会", "Law"),
    ("13", "艺术学院分工会", "Arts"),
    ("14", "音乐学院分工会", "Music"),
    ("15", "体育学院分工会", "Sports"),
    ("16", "继续教育学院分工会", "Continuing Education"),
    ("17", "机关第一分工会", "Administration I"),
    ("18", "机关第二分工会", "Administration II"),
    ("19", "图书馆分工会", "Library"),
    ("20", "后勤服务分工会", "Campus Services"),
    ("21", "附属实验学校分工会", "Attached School"),
    ("22", "信息中心分工会", "Computing Centre"),
    ("23", "科研院所分工会", "Research Institutes"),
    ("24", "产业分工会", "University Enterprises"),
)

COMMITTEES = (
    ("W0", "女职工委员会", "Women's Committee", "women"),
    ("A0", "经费审查委员会", "Audit Committee", "audit"),
    ("Y0", "青工女职委", "Youth and Women's Committee", "youth_women"),
    ("P0", "提案工作委员会", "Proposal Committee", "proposals"),
    ("M0", "劳动人事争议调解委员会", "Mediation Committee", "mediation"),
)
"""Code, name, English name, kind of committee."""
