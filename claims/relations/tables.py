"""The words of ``words.toml``, as patterns. Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """Every pattern that relations are read by; all are meant for copy in small letters."""

    aiming: re.Pattern[str]
    involvement: re.Pattern[str]
    act: re.Pattern[str]
    motive: re.Pattern[str]
    cells: dict[str, re.Pattern[str]]
    withheld: re.Pattern[str]
    civil: re.Pattern[str]
    specific: re.Pattern[str]
    harm: re.Pattern[str]
    combatants: re.Pattern[str]
    unsure: re.Pattern[str]
    nouns: re.Pattern[str]
    verbs: re.Pattern[str]
    where: re.Pattern[str]
    aimed: frozenset[str]
    blaming: frozenset[str]
    blaming_to: frozenset[str]
    blamed_after: re.Pattern[str]
    blamed_before: re.Pattern[str]
    conceding: frozenset[str]
    conceded: re.Pattern[str]
    knowing: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    read: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    denied, civil, acts, blame = read["denied"], read["civil"], read["acts"], read["blame"]
    return Words(
        aiming=_pattern(denied["aiming"]),
        involvement=_pattern(denied["involvement"]),
        act=_pattern(denied["act"]),
        motive=_pattern(denied["motive"]),
        cells={measure: _pattern(told) for measure, told in read["cells"].items()},
        withheld=_pattern(read["withheld"]["words"]),
        civil=_pattern(civil["general"], civil["specific"]),
        specific=_pattern(civil["specific"]),
        harm=_pattern(read["harm"]["words"]),
        combatants=_pattern(read["harm"]["combatants"]),
        unsure=_pattern(read["harm"]["unsure"]),
        nouns=_pattern(acts["nouns"]),
        verbs=_pattern(acts["verbs"]),
        where=_pattern(acts["where"]),
        aimed=frozenset(acts["aimed"].split("|")) | {"toward", "towards"},
        blaming=frozenset(blame["cues"]),
        blaming_to=frozenset(blame["to"]),
        blamed_after=_pattern(blame["after"]),
        blamed_before=_pattern(blame["before"]),
        conceding=frozenset(read["conceding"]["cues"]),
        conceded=_pattern(read["conceding"]["words"]),
        knowing=_pattern(read["knowing"]["offices"]),
    )


def _pattern(*told: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(told)})(?!\w)")
