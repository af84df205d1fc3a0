"""Rules of dismissal notices. Pure: days and counts are arguments.

Sources: 工会法 (2021) Art. 22; 劳动合同法 Art. 43. No law gives days for the union's opinion: the union sets them.
"""

from __future__ import annotations

from datetime import date, timedelta

from services.chassis.rules.refusal import Refusal


def notice_is_before(effective_on: date, today: date) -> Refusal | None:
    """The union is notified before the contract ends (劳动合同法 Art. 43)."""
    if effective_on > today:
        return None
    detail = "The union is notified before the contract ends; state a later day."
    return Refusal("dismissals.notice_is_before", detail, "effective_on")


def opinion_due_on(last: date, effective_on: date) -> date:
    """Return the last day for the union's opinion: by the rule, and before the contract ends.

    Args:
        last: the last day by the rule.
        effective_on: the day on which the contract is to end.
    """
    return min(last, effective_on - timedelta(days=1))


def answer_is_awaited(state: str, effective_on: date, today: date) -> Refusal | None:
    """The employer answers a request for correction in writing (工会法 Art. 22): until the contract ends, it may."""
    if state != "correction" or today >= effective_on:
        return None
    params = {"effective_on": effective_on.isoformat()}
    return Refusal("dismissals.answer_is_awaited", "The employer's answer is awaited until that day.", params=params)


def notice_stands(withdrawn: bool) -> Refusal | None:
    """There is nothing to mediate once the employer ends no contract."""
    return Refusal("dismissals.notice_stands", "The employer has withdrawn this notice.") if withdrawn else None


def clerk_is_not_concerned(concerned: bool) -> Refusal | None:
    """Nobody keeps the notice of the own dismissal."""
    if not concerned:
        return None
    return Refusal("dismissals.clerk_is_not_concerned", "Somebody else records your own notice.", "member_id")


def correction_says_why(opinion: str, text: str | None, violated: str | None) -> Refusal | None:
    """A request for correction names what is broken, the law, the rules or the contract, and why (工会法 Art. 22)."""
    if opinion != "correct" or (text and violated):
        return None
    missing = "opinion_text" if not text else "violated"
    return Refusal("dismissals.correction_says_why", "Say what is broken and why.", missing)


def paper_is_on_file(needed: bool, count: int) -> Refusal | None:
    """What the clerk records for the employer stands on a paper of the notice."""
    if count or not needed:
        return None
    return Refusal("dismissals.paper_is_on_file", "Add the employer's paper to the files first.")


def notice_is_open(ended: bool) -> Refusal | None:
    """What a notice is about is settled while it goes on: papers, and who is concerned."""
    return Refusal("dismissals.notice_is_open", "This notice has ended.") if ended else None


def referred_once(referred: bool) -> Refusal | None:
    """Mediation about a dismissal is applied for once."""
    return Refusal("dismissals.referred_once", "You applied for mediation already.") if referred else None
