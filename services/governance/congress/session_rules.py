"""Rules of sessions: quorum, agenda, speakers, resolutions. Pure: days, counts and states are arguments."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction
from math import ceil

from services.chassis.rules.refusal import Refusal


def quorum_of(delegates: int, share: Fraction) -> int:
    """Return how many delegates have to be there: two thirds of 200 are 134, and never nobody."""
    return max(1, ceil(share * delegates))


def congress_meets(state: str) -> Refusal | None:
    """Sessions are held during the term."""
    return None if state == "in_term" else Refusal("congress.meets_in_term", "The term has not begun, or has ended.")


def session_number_is_free(taken: bool) -> Refusal | None:
    """Two sessions of a term have different numbers."""
    return Refusal("congress.session_number_is_free", "This session exists.", "number") if taken else None


def session_days_fit(opens_on: date, closes_on: date, starts_on: date, ends_on: date) -> Refusal | None:
    """A session is held on days of the term, and ends after it begins."""
    if starts_on <= opens_on <= closes_on <= ends_on:
        return None
    params = {"from": starts_on.isoformat(), "to": ends_on.isoformat()}
    return Refusal("congress.session_days_fit", "The days lie outside of the term.", "opens_on", params)


def enough_ask(requesters: int, delegates: int, share: Fraction) -> Refusal | None:
    """An extra session is held when a share of the delegates asks: a third of 200 are 67."""
    required = max(1, ceil(share * delegates))
    if requesters >= required:
        return None
    params = {"requesters": requesters, "required": required, "delegates": delegates}
    return Refusal("congress.enough_ask", f"{required} delegates have to ask.", "requesters", params)


def agenda_is_there(items: int) -> Refusal | None:
    """A session is convened with an agenda."""
    return None if items else Refusal("congress.agenda_is_there", "The agenda is empty.")


def agenda_is_done(left: int) -> Refusal | None:
    """A session is closed when every item is done."""
    if not left:
        return None
    return Refusal("congress.agenda_is_done", f"{left} items are not done.", params={"count": left})


def votes_are_counted(open_votes: int) -> Refusal | None:
    """An item or session ends when its votes are counted."""
    if not open_votes:
        return None
    return Refusal("congress.votes_are_counted", f"{open_votes} votes go on.", params={"count": open_votes})


def agenda_is_few(items: int, most: int) -> Refusal | None:
    """An agenda has some items."""
    return None if items < most else Refusal("congress.agenda_is_few", f"At most {most}.", params={"most": most})


def session_is_not_over(state: str) -> Refusal | None:
    """The agenda changes until the session is closed."""
    return None if state != "closed" else Refusal("congress.session_is_not_over", "The session is closed.")


def session_takes_people(state: str) -> Refusal | None:
    """Delegates check in from the convening to the end."""
    if state in ("convened", "in_session"):
        return None
    return Refusal("congress.session_takes_people", "The session is not convened, or over.", params={"state": state})


def session_is_on(state: str) -> Refusal | None:
    """Items, speakers and votes belong to a session that goes on."""
    return None if state == "in_session" else Refusal("congress.session_is_on", "The session does not go on.")


def is_a_delegate(seats: int) -> Refusal | None:
    """Only delegates check in, speak and vote."""
    return None if seats else Refusal("congress.is_a_delegate", "This member is no delegate.", "member_id")


def came_by_now(came_at: datetime, now: datetime) -> Refusal | None:
    """A list on paper is entered afterwards: nobody comes later than now."""
    return None if came_at <= now else Refusal("congress.came_by_now", "This is later than now.", "came_at")


def session_has_not_begun(state: str) -> Refusal | None:
    """Days and place are changed before the session is opened."""
    if state in ("draft", "convened"):
        return None
    return Refusal("congress.session_has_not_begun", "The session was opened.", params={"state": state})


def delegate_came(came: bool) -> Refusal | None:
    """Who has not come does not leave."""
    return None if came else Refusal("congress.delegate_came", "The delegate has not come.", "member_id")


def quorum_is_there(missing: dict[str, int]) -> Refusal | None:
    """Sessions are opened and resolutions made when enough delegates are there."""
    short = {body: count for body, count in missing.items() if count}
    if not short:
        return None
    body, count = sorted(short.items())[0]
    params = {"body": body, "missing": count}
    return Refusal("congress.quorum_is_there", f"{count} delegates are missing.", params=params)


def item_has_not_begun(state: str) -> Refusal | None:
    """Items are moved and removed before they begin."""
    return None if state == "planned" else Refusal("congress.item_has_not_begun", "The item has begun.")


def one_item_at_a_time(others: int) -> Refusal | None:
    """An item begins when the one before is done."""
    return Refusal("congress.one_item_at_a_time", "Finish the item before.") if others else None


def item_is_open(state: str) -> Refusal | None:
    """Speakers and votes belong to the item that is dealt with."""
    return None if state == "open" else Refusal("congress.item_is_open", "This item is not dealt with now.")


def speakers_are_taken(taken: bool) -> Refusal | None:
    """Speakers are taken until the list is closed."""
    return None if taken else Refusal("congress.speakers_are_taken", "The list of speakers is closed.")


def one_speaks_at_a_time(others: int) -> Refusal | None:
    """A speaker begins when the one before has ended."""
    return Refusal("congress.one_speaks_at_a_time", "Another delegate speaks.") if others else None


def wants_once(wants: bool) -> Refusal | None:
    """A delegate stands once among those who wait."""
    return Refusal("congress.wants_once", "You stand on the list already.") if wants else None


def item_is_voted_on(kind: str) -> Refusal | None:
    """Only what is to be passed is voted on; reports are heard, reviewed or assessed."""
    if kind == "passed":
        return None
    return Refusal("congress.item_is_voted_on", "Only what is to be passed is voted on.", params={"kind": kind})


def item_is_assessed(kind: str) -> Refusal | None:
    """Only an item in which leaders are assessed cites such a round."""
    if kind == "assessed":
        return None
    return Refusal("congress.item_is_assessed", "Nobody is assessed here.", params={"kind": kind})


def rating_assesses_leaders(kind: str, state: str) -> Refusal | None:
    """What is cited is a round of leaders that was not cancelled."""
    if kind == "leaders" and state != "cancelled":
        return None
    return Refusal("congress.rating_assesses_leaders", "This round does not assess leaders.", "rating_id")


def session_is_over(state: str) -> Refusal | None:
    """An archive is made of what does not change any more."""
    return None if state == "closed" else Refusal("congress.session_is_over", "The session is not closed.")


def body_votes(item_body: str | None, body: str) -> Refusal | None:
    """An item for one body is voted on by that body."""
    return None if item_body in (None, body) else Refusal("congress.body_votes", "Another body votes.", "body")


def is_resolved_once(resolved: Collection[str], body: str) -> Refusal | None:
    """A body resolves an item once."""
    return Refusal("congress.is_resolved_once", "The body has voted.", "body") if body in resolved else None


def hands_are_those_present(hands: int, present: int) -> Refusal | None:
    """Hands raised are no more than the delegates there."""
    if hands <= present:
        return None
    params = {"hands": hands, "present": present}
    return Refusal("congress.hands_are_those_present", f"Only {present} delegates are there.", "votes_for", params)


def session_is_of_congress(is_of: bool) -> Refusal | None:
    """A presidium leads a session of its congress."""
    return None if is_of else Refusal("congress.session_is_of_congress", "Another congress.", "session_id")


def organs_are_few(organs: int, most: int) -> Refusal | None:
    """A congress has some organs."""
    return None if organs < most else Refusal("congress.organs_are_few", f"At most {most}.", params={"most": most})


def one_of_its_kind(kind: str, known: Collection[str]) -> Refusal | None:
    """A term has one executive committee, a session one presidium; committees there may be more."""
    if kind == "committee" or kind not in known:
        return None
    return Refusal("congress.one_of_its_kind", "There is one already.", "organ_kind")


def organ_name_is_free(taken: bool) -> Refusal | None:
    """Two organs have different names."""
    return Refusal("congress.organ_name_is_free", "There is an organ of this name.", "name") if taken else None


def organ_is_of_delegates(strangers: int) -> Refusal | None:
    """Organs consist of delegates."""
    if not strangers:
        return None
    return Refusal(
        "congress.organ_is_of_delegates", f"{strangers} are no delegates.", "member_ids", {"count": strangers}
    )


def head_is_in_organ(is_in: bool) -> Refusal | None:
    """Who leads an organ is one of its members."""
    return None if is_in else Refusal("congress.head_is_in_organ", "The head is none of the members.", "head_id")


def organ_is_of_congress(is_of: bool) -> Refusal | None:
    """Organs report to their own congress."""
    return None if is_of else Refusal("congress.organ_is_of_congress", "Another congress.", "organ_id")


def organ_reports_nowhere(reports: int) -> Refusal | None:
    """An organ that reported stays."""
    return Refusal("congress.organ_reports_nowhere", "Its report is on an agenda.") if reports else None


def executive_reports(exists: bool, number: int, reports: bool) -> Refusal | None:
    """What the executive committee did between sessions is heard by the next one."""
    if not exists or number == 1 or reports:
        return None
    return Refusal("congress.executive_reports", "The executive committee's report is not on the agenda.")


def item_is_of_session(is_of: bool) -> Refusal | None:
    """A document belongs to an item of its session."""
    return None if is_of else Refusal("congress.item_is_of_session", "Another session.", "item_id")


def guests_are_few(guests: int, most: int) -> Refusal | None:
    """A session has some hundred guests."""
    return None if guests < most else Refusal("congress.guests_are_few", f"At most {most}.", params={"most": most})


def guest_is_no_delegate(seats: int) -> Refusal | None:
    """Delegates are called, not invited."""
    return Refusal("congress.guest_is_no_delegate", "A delegate is there anyway.", "member_id") if seats else None


def guest_is_invited_once(invited: bool) -> Refusal | None:
    """A member is invited once."""
    return Refusal("congress.guest_is_invited_once", "The member is invited.", "member_id") if invited else None


def guest_has_not_come(came: bool) -> Refusal | None:
    """Who was there stays on the list."""
    return Refusal("congress.guest_has_not_come", "The guest was there.") if came else None


_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_NAME = re.compile(r"第?([0-9一二三四五六七八九十]{1,3})届(?:第?([0-9一二三四五六七八九十]{1,3})次)?")


def session_called(words: str) -> tuple[int, int | None] | None:
    """Return term and session that a name such as 六届四次 or 第6届 means; None where it is no name."""
    found = _NAME.search(words)
    if found is None:
        return None
    return _number(found[1]), None if found[2] is None else _number(found[2])


def _number(numeral: str) -> int:
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    tens, sign, ones = numeral.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if sign else 0) + _DIGITS.get(ones, 0)
