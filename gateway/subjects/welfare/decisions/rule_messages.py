"""The rules of decisions in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "decisions.sensitive_is_for_few": (
        _l("涉及隐私的判定只给少数人看"),
        _l("这项判定可能涉及健康或家庭情况，只有本人、校工会干部和经审人员能看。"),
    ),
}
