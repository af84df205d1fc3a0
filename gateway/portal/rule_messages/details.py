"""Rules known by the sentence of an input error, where it comes without the name of its rule."""

from __future__ import annotations

DETAILS = {
    "An identity number has 17 digits and a check character.": "person.id_number_has_its_form",
    "The check character of the identity number is wrong.": "person.id_number_check_character_fits",
    "The digits 7 to 14 of the identity number are no day.": "person.id_number_holds_a_date",
    "The date of birth is not the one in the identity number.": "person.id_number_holds_birth_date",
    "The day of hiring lies in the future.": "person.hired_on_is_past",
    "The day of hiring lies before the 16th birthday.": "person.hired_on_follows_birth",
    "This is not a telephone number.": "person.phone_has_its_form",
    "This is not an e-mail address.": "person.email_has_its_form",
    "A name consists of letters or Chinese characters.": "person.name_is_written_in_letters",
    "This person is a member already.": "joining.person_is_no_member",
    "An application of this person is under way already.": "joining.person_has_no_open_application",
}
"""Sentences membership names several fields or rows with, where only the first comes with its rule."""
