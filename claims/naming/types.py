"""What is compared, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    SAME = "same"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as copy gives it. ``kind`` is the engine's: person, body, unnamed or agency; ``role`` the words for what
    they are ("Foreign Minister"); ``state`` the ISO code of the state that they speak for. Everything but the name may
    be empty. ``introduced`` are the initialisms that copy put in brackets behind the name ("WHO")."""

    name: str
    kind: str = ""
    role: str = ""
    organisation: str = ""
    state: str = ""
    introduced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Whether two names are one, how surely (0 to 1, 0 for *no*), and why, in words that a reader of the page gets.

    ``role_settles``: where both have one telling role besides, a *maybe* becomes *same*."""

    answer: Answer
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    role_settles: bool = False


def no(reason: str) -> Match:
    return Match(Answer.NO, 0.0, (reason,))
