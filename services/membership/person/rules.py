"""Rules about what a person states: identity number, dates, telephone, e-mail, name.

Each answers with a `Refusal` that names the field and never repeats the value. Uniqueness is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from operator import mul

from services.chassis.names import canonical_name, is_letter
from services.chassis.plain_text import cleaned, is_digits, without_unseen
from services.chassis.rules.refusal import Refusal
from services.membership.date_rules import LOWEST_WORKING_AGE
from services.membership.date_rules import age_on as age_on

HIGHEST_PLAUSIBLE_AGE = 100

LONGEST_NAME = 50

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_COUNTRY_CODES = ("+86", "0086")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{9,11}")
_FOREIGN = re.compile(r"\+(?!86)[1-9][0-9]{7,14}")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]")
_NAME_MARKS = " ·.'-"


def normalised_id_number(text: str) -> str:
    """Return an identity number as it is compared and stored: half-width, upper case, no spaces or hyphens."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return unicodedata.normalize("NFKC", without_unseen(text)).replace("-", "").upper()


def normalised_phone(text: str) -> str:
    """Return a telephone number as digits; the country code of China is dropped, a foreign one kept with its plus."""
    compact = text
    if not is_digits(text):
        compact = re.sub(r"[()-]", "", unicodedata.normalize("NFKC", without_unseen(text)))
    code = next((code for code in _COUNTRY_CODES if compact.startswith(code)), "")
    return compact.removeprefix(code)


def normalised_email(text: str) -> str:
    """Return an e-mail address without outer spaces and with its domain in lower case."""
    mailbox, at, domain = unicodedata.normalize("NFKC", cleaned(text)).rpartition("@")
    return f"{mailbox}{at}{domain.lower()}"


def normalised_name(text: str) -> str:
    """Return a name in its one form; see `services.chassis.names`."""
    return canonical_name(text)


def id_number_has_its_form(id_number: str) -> Refusal | None:
    """17 digits and a check character (GB 11643); the 15-digit numbers ended in 2013 (居民身份证法 Art. 23)."""
    if _ID_NUMBER.fullmatch(id_number) and id_number[0] != "0":
        return None
    detail = "An identity number has 17 digits and a check character."
    return Refusal("person.id_number_has_its_form", detail, "id_number")


def id_number_check_character_fits(id_number: str) -> Refusal | None:
    """The last character follows from the others by ISO 7064 MOD 11-2 (GB 11643)."""
    if not _ID_NUMBER.fullmatch(id_number):
        return None
    total = sum(map(mul, map(int, id_number[:17]), _WEIGHTS))
    if _CHECK_CHARACTERS[total % 11] == id_number[17]:
        return None
    return Refusal(
        "person.id_number_check_character_fits", "The check character of the identity number is wrong.", "id_number"
    )


def birth_date_in(id_number: str) -> date | None:
    """Return the date of birth an identity number holds, None when its eight digits are no date."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def gender_in(id_number: str) -> str | None:
    """Return the sex an identity number holds: its 17th digit is odd for men (GB 11643); None when it has none."""
    if not _ID_NUMBER.fullmatch(id_number):
        return None
    return "male" if int(id_number[16]) % 2 else "female"


def id_number_holds_a_date(id_number: str) -> Refusal | None:
    """The digits 7 to 14 are a day of the calendar (GB 11643), whatever the check character says."""
    if not _ID_NUMBER.fullmatch(id_number) or birth_date_in(id_number) is not None:
        return None
    detail = "The digits 7 to 14 of the identity number are no day."
    return Refusal("person.id_number_holds_a_date", detail, "id_number")


def id_number_holds_birth_date(id_number: str, birth_date: date | None) -> Refusal | None:
    """The digits 7 to 14 are the date of birth (GB 11643)."""
    if birth_date is None or not _ID_NUMBER.fullmatch(id_number) or birth_date_in(id_number) == birth_date:
        return None
    return Refusal(
        "person.id_number_holds_birth_date", "The date of birth is not the one in the identity number.", "birth_date"
    )


def age_allows_work(birth_date: date, today: date) -> Refusal | None:
    """Employees are at least 16 (劳动法 Art. 15); above 100 the date is a typing error."""
    if LOWEST_WORKING_AGE <= age_on(birth_date, today) <= HIGHEST_PLAUSIBLE_AGE:
        return None
    return Refusal(
        "person.age_allows_work",
        f"The age must be between {LOWEST_WORKING_AGE} and {HIGHEST_PLAUSIBLE_AGE}.",
        "birth_date",
        {"from": LOWEST_WORKING_AGE, "to": HIGHEST_PLAUSIBLE_AGE},
    )


def hired_on_is_past(hired_on: date, today: date) -> Refusal | None:
    """Only who is employed can join (工会法 Art. 3): the first day of work is not ahead."""
    if hired_on <= today:
        return None
    return Refusal("person.hired_on_is_past", "The day of hiring lies in the future.", "hired_on")


def hired_on_follows_birth(hired_on: date, birth_date: date) -> Refusal | None:
    """Nobody is hired below the lowest working age (劳动法 Art. 15)."""
    if age_on(birth_date, hired_on) >= LOWEST_WORKING_AGE:
        return None
    return Refusal("person.hired_on_follows_birth", "The day of hiring lies before the 16th birthday.", "hired_on")


def phone_has_its_form(phone: str) -> Refusal | None:
    """A mobile or fixed number in China, or a foreign one with its country code."""
    if any(form.fullmatch(phone) for form in (_MOBILE, _LANDLINE, _FOREIGN)):
        return None
    return Refusal("person.phone_has_its_form", "This is not a telephone number.", "phone")


def email_has_its_form(email: str) -> Refusal | None:
    """mailbox@domain with a domain of at least two parts (RFC 5321, without quoted mailboxes)."""
    mailbox, _, domain = email.rpartition("@")
    if len(email) <= 254 and len(mailbox) <= 64 and _MAILBOX.fullmatch(mailbox) and _DOMAIN.fullmatch(domain):
        return None
    return Refusal("person.email_has_its_form", "This is not an e-mail address.", "email")


def name_is_written_in_letters(name: str) -> Refusal | None:
    """Letters or Chinese characters, with spaces, dots, hyphens and apostrophes between them."""
    letters = [character for character in name if character not in _NAME_MARKS]
    if letters and all(map(is_letter, letters)):
        return None
    return Refusal("person.name_is_written_in_letters", "A name consists of letters or Chinese characters.", "name")


def name_fits_the_record(name: str) -> Refusal | None:
    """A name has at most 50 characters in its written form, which may have more than what was typed."""
    if len(name) <= LONGEST_NAME:
        return None
    detail = f"Longer than maximum length {LONGEST_NAME}."
    return Refusal("person.name_fits_the_record", detail, "name", {"most": LONGEST_NAME})


def refusals_of(stated: dict[str, object], today: date) -> list[Refusal]:
    """Return every refusal for the fields stated; absent or empty fields are not judged.

    Args:
        stated: normalised values by field name: name, birth_date, id_number, phone, email, hired_on, emergency_name and
            emergency_phone.
        today: the day in China.
    """
    name, id_number = stated.get("name"), stated.get("id_number")
    phone, email = stated.get("phone"), stated.get("email")
    birth, hired = stated.get("birth_date"), stated.get("hired_on")
    answers: list[Refusal | None] = []
    if isinstance(name, str):
        answers += [name_is_written_in_letters(name), name_fits_the_record(name)]
    if isinstance(id_number, str):
        answers += [id_number_has_its_form(id_number), id_number_check_character_fits(id_number)]
        answers.append(id_number_holds_a_date(id_number))
        answers.append(id_number_holds_birth_date(id_number, birth if isinstance(birth, date) else None))
    if isinstance(birth, date):
        answers.append(age_allows_work(birth, today))
    if isinstance(hired, date):
        answers.append(hired_on_is_past(hired, today))
        answers.append(hired_on_follows_birth(hired, birth) if isinstance(birth, date) else None)
    if isinstance(phone, str):
        answers.append(phone_has_its_form(phone))
    if isinstance(email, str):
        answers.append(email_has_its_form(email))
    answers += _contact_refusals(stated.get("emergency_name"), stated.get("emergency_phone"))
    return [answer for answer in answers if answer is not None]


def _contact_refusals(name: object, phone: object) -> list[Refusal | None]:
    """Name and telephone of an emergency contact are written like a member's own."""
    judged = [
        ("emergency_name", name_is_written_in_letters(name) if isinstance(name, str) else None),
        ("emergency_phone", phone_has_its_form(phone) if isinstance(phone, str) else None),
    ]
    return [replace(refusal, field=field) for field, refusal in judged if refusal is not None]
