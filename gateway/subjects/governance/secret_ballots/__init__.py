"""Secret ballots: keys of scrutineers, votes cast without an account, the board."""

from gateway.subject import Subject
from gateway.subjects.governance.secret_ballots import api, rule_messages

SUBJECT = Subject("secret_ballots", __doc__, rules=rule_messages.RULES, routes=api.ROUTES)
