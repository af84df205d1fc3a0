"""Keeps the English catalogue in step with the texts of the portal.

`python -m gateway.portal.translations_cli` adds new texts to `translations/en.po`, drops those no longer used,
and says how many still want a translation. A test holds that there are none.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import gateway.portal.words  # noqa: F401  # has a vocabulary of its own
from services.chassis.vocabulary import VOCABULARIES
from services.contracts.catalogue import labels

HERE = Path(__file__).parent
SUBJECTS = HERE.parent / "subjects"
NOTICES = HERE.parent / "notices"
ENGLISH = HERE / "translations" / "en.po"
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None}


def texts() -> dict[str, list[tuple[str, int]]]:
    """Return every text of the portal and of the contracts, with the places it stands at."""
    found: dict[str, list[tuple[str, int]]] = {}
    options = {"**/templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    for folder in (HERE, SUBJECTS, NOTICES):
        for path, line, message, _, _ in extract_from_dir(folder, _METHODS, options, _KEYWORDS):
            if isinstance(message, str) and message:
                found.setdefault(message, []).append((path, line))
    for text, place in labels():
        found.setdefault(text, []).append((place, 0))
    for vocabulary in VOCABULARIES.values():
        for text in vocabulary.texts.values():
            found.setdefault(text, []).append((f"vocabulary {vocabulary.name}", 0))
    return found


def english() -> Catalog:
    """Return the English catalogue as it stands."""
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def untranslated() -> list[str]:
    """Return the texts that have no English yet."""
    catalogue = english()
    return [text for text in texts() if text not in catalogue or not catalogue[text].string]


def update() -> list[str]:
    """Rewrite the catalogue for the texts of now; return those that want a translation."""
    old = english() if ENGLISH.exists() else Catalog(locale="en")
    new = Catalog(locale="en", charset="utf-8")
    for text in texts():
        stands = old[text].string if text in old else ""
        flags = ["python-format"] if "%(" in text else []
        new.add(text, stands if isinstance(stands, str) else "", flags=flags)
    with ENGLISH.open("wb") as target:
        write_po(target, new, width=0, omit_header=True, no_location=True, sort_output=True)
    return untranslated()


if __name__ == "__main__":
    wanting = update()
    print(f"{len(texts())} texts, {len(wanting)} without English")
    for text in wanting:
        print(text)
