"""What people are told of a subject where they stand: a few sentences, from which the handbook is made too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Help:
    """A subject in a few sentences.

    Args:
        title: what people call the subject.
        purpose: what it is for.
        steps: who does what, and when; a sentence each, in the order of the work.
        source: the documents it goes by; None where none prescribes it.
    """

    title: Any
    purpose: Any
    steps: tuple[Any, ...]
    source: Any = None
