"""When a notice leaves: quiet hours, the daily digest, and the pauses between attempts. Decides nothing else."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from services.chassis.clock import SHANGHAI

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
"""Pause after the first, the second … attempt; the last one is repeated."""
MOST_ATTEMPTS = 8
"""Attempts after which a notice that its own recipient's server refuses is given up: about two days."""
_DAY = 24 * 60


def leaves_at(now: datetime, quiet_from: int | None, quiet_to: int | None, digest_hour: int | None) -> datetime:
    """Return when a notice leaves that comes now.

    Args:
        now: the present.
        quiet_from: minute of the day, in Chinese time, at which quiet hours begin; None for none.
        quiet_to: the minute at which they end; before `quiet_from` when they last over midnight.
        digest_hour: the hour of the daily digest; None when each notice leaves by itself. It is the recipient's own
            choice and so also holds in quiet hours.
    """
    local = now.astimezone(SHANGHAI)
    if digest_hour is not None:
        return _next(local, digest_hour * 60)
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return now
    minute = local.hour * 60 + local.minute
    into_quiet = (minute - quiet_from) % _DAY
    return _next(local, quiet_to) if into_quiet < (quiet_to - quiet_from) % _DAY else now


def retry_at(now: datetime, attempts: int) -> datetime:
    """Return the time of the next attempt after so many."""
    return now + PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def _next(local: datetime, minute: int) -> datetime:
    """Return the next moment at this minute of a day, later than now."""
    then = datetime.combine(local.date(), time(minute // 60, minute % 60), tzinfo=SHANGHAI)
    return then if then > local else then + timedelta(days=1)
