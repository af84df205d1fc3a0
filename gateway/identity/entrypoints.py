"""Scheduled work of identity. The subjects' reactions handle events of members and posts."""

from gateway.identity import invitations, password_mail, sessions, throttling
from gateway.identity.factors import pending
from gateway.identity.providers import attempts
from services.chassis.entrypoints import every

_ONE_HOUR = 3600


class IdentityEntrypoints:
    """Housekeeping."""

    forget_expired_sessions = every(_ONE_HOUR, "forget_expired_sessions", sessions.forget_expired)
    forget_failed_sign_ins = every(_ONE_HOUR, "forget_failed_sign_ins", throttling.forget_old)
    forget_spent_tokens = every(_ONE_HOUR, "forget_spent_tokens", attempts.forget_spent)
    forget_pending_sign_ins = every(_ONE_HOUR, "forget_pending_sign_ins", pending.forget_expired)
    forget_password_mail = every(_ONE_HOUR, "forget_password_mail", password_mail.forget_old)
    forget_old_invitations = every(_ONE_HOUR, "forget_old_invitations", invitations.forget_old)
