"""What a counted thing is a figure of: the words behind DESIGN's measures. Tables and lookups; no model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.extraction.wordlists import words

KILL = words(
    "kill murder slay assassinate execute massacre slaughter behead drown electrocute gun bury lynch hang strangle"
)
DIE = frozenset({"die", "perish", "succumb", "drown", "fall"})
INJURE = words("injure wound hurt maim hospitalize hospitalise burn concuss shell-shock")
DETAIN = words("arrest detain capture imprison jail apprehend imprison intern incarcerate")
MISS = frozenset({"miss", "missing", "disappear", "vanish"})
DISPLACE = frozenset({"displace", "uproot", "flee", "evacuate", "evict", "resettle"})
INTERCEPT = words("intercept down shoot neutralise neutralize repel thwart")
FIRE = words("fire launch lob unleash send drop shoot rain")
HIT = words("hit strike slam land crash pound explode detonate target impact penetrate")
DAMAGE = words(
    "damage destroy hit strike raze flatten gut demolish level wreck ruin burn shatter bomb shell torch ransack"
)
AFFECT = words("affect lose evacuate attack cut disconnect search storm raid close occupy collapse flood strafe")
ABLAZE = frozenset({"fire", "ablaze", "alight", "afire"})
CARE = words(
    "treat take rush transport airlift fly evacuate bring carry recover"
)  # of the hurt, where a wound is named
FATAL = frozenset({"fatally", "mortally"})
COMPRISE = words("include involve comprise use see employ deploy feature count consist")

VERBS: tuple[tuple[str, frozenset[str]], ...] = (
    ("killed", KILL),
    ("injured", INJURE),
    ("missing", MISS - {"miss"}),
    ("displaced", DISPLACE),
    ("detained", DETAIN),
)
TOLLS = frozenset(measure for measure, _ in VERBS)
# Words that say of their subject what a verb says of its object ("27 dead", "a dozen are missing").
STATES: dict[str, str] = {
    "dead": "killed",
    "killed": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
    "missing": "missing",
    "unaccounted": "missing",
    "homeless": "displaced",
    "displaced": "displaced",
    "detained": "detained",
}
NOUNS: dict[str, str] = {
    "death": "killed",
    "fatality": "killed",
    "dead": "killed",
    "life": "killed",
    "killing": "killed",
    "murder": "killed",
    "body": "killed",
    "corpse": "killed",
    "toll": "killed",
    "massacre": "killed",
    "assassination": "killed",
    "injury": "injured",
    "wounded": "injured",
    "injured": "injured",
    "arrest": "detained",
    "detention": "detained",
    "detainee": "detained",
    "capture": "detained",
    "displacement": "displaced",
    "evacuation": "displaced",
    "evacuee": "displaced",
    "disappearance": "missing",
}
MUNITIONS = words(
    "missile rocket drone uav projectile shell bomb mortar shot round shahed munition grenade warhead torpedo salvo"
)
LAUNCHED = MUNITIONS - {"bomb", "mortar", "round", "grenade"}  # the rest are as often carried, found or planted
BARRAGES = words("barrage attack salvo strike assault wave bombardment volley onslaught raid attack swarm")
BUILDINGS = words(
    "building house home apartment flat block school hospital shop church mosque residence facility structure "
    "property dwelling kindergarten clinic office warehouse store residency hotel condominium station "
    "headquarters pharmacy university college synagogue temple garage supermarket market restaurant hostel "
    "dormitory nursery bank"
)
WORKS = words("plant factory branch mill refinery workshop depot barracks silo studio")  # "closed" is no harm to these
# What is seldom meant by a toll even where the parse hangs it on "kill".
THINGS = words(
    "rifle tank vehicle aircraft plane helicopter car truck ship boat bus gun position charge window truce line "
    "tower bridge day attack strike fire shot bullet explosion clash operation mission weapon kilogram ton place "
    "city town village district region country house building area site unit scene count generation "
    "shooting stabbing incident"
)
UTILITIES = words("heating heat power electricity water gas supply supplies lights internet")
# What is done to munitions that nobody fires.
HANDLED = words("seize find defuse discover confiscate produce buy store recover build make deliver supply display")
GENERIC_PEOPLE = words("people person other individual victim casualty man human more survivor soul life")
PEOPLE = words(
    "people person civilian child minor boy girl woman man soldier troop serviceman guerrilla rebel militant "
    "fighter insurgent policeman officer guard worker employee resident villager passenger patient student pupil "
    "journalist reporter medic doctor nurse priest refugee migrant prisoner hostage protester demonstrator "
    "terrorist miner judge farmer peasant adviser tourist pilot sailor marine crew infant baby kid teenager adult "
    "citizen national other inmate detainee firefighter rescuer driver suspect gunman attacker bodyguard victim "
    "member personnel"
)
POPULATIONS: dict[str, str] = {
    **dict.fromkeys(("child", "minor", "boy", "girl", "kid", "infant", "baby", "teenager", "toddler"), "children"),
    **dict.fromkeys(("troop", "serviceman", "soldier", "personnel"), "soldiers"),
    "woman": "women",
    "civilian": "civilians",
    "policeman": "police officers",
}
DURATIONS = words(
    "year day week month hour minute second decade century night morning evening afternoon weekend quarter season "
    "fortnight yr hr min sec o'clock summer winter spring autumn"
)
AGED = frozenset({"aged", "age", "ages"})
# Things that number words point at rather than count.
POINTERS = words(
    "side way part thing point time case reason kind type sort half step end hand one moment occasion question"
)

UNCOUNTED = words("time respect way thing kind sort g")  # "four times faster", "in two respects"
AIRMEN = re.compile(r"\b(?:air\s?strikes?|aircraft|warplanes?|jets|drones?|air\s+force|coalition)\b", re.IGNORECASE)
AIRLINERS = re.compile(r"(?:a3\d\d|7\d7|md-?\d\d|dreamliner|superjumbo)(?:-\d+\w*|xwb|er|lr)?", re.IGNORECASE)

CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("dollar", "usd", "us$", "$", "buck", "usd$"), "USD"),
    **dict.fromkeys(("euro", "eur", "€"), "EUR"),
    **dict.fromkeys(("pound", "sterling", "gbp", "£", "#", "quid"), "GBP"),
    **dict.fromkeys(("yen", "jpy", "¥"), "JPY"),
    **dict.fromkeys(("ruble", "rouble", "rub", "₽"), "RUB"),
    **dict.fromkeys(("hryvnia", "hryvnias", "uah", "₴"), "UAH"),
    **dict.fromkeys(("yuan", "renminbi", "rmb", "cny"), "CNY"),
    **dict.fromkeys(("rupee", "inr"), "INR"),
    **dict.fromkeys(("shekel", "ils"), "ILS"),
    **dict.fromkeys(("franc", "chf"), "CHF"),
    **dict.fromkeys(("zloty", "pln"), "PLN"),
    **dict.fromkeys(("lira", "try"), "TRY"),
    **dict.fromkeys(("riyal", "sar"), "SAR"),
    **dict.fromkeys(("peso",), "MXN"),
    **dict.fromkeys(("krona", "krone", "kronor", "kroner"), "SEK"),
    **dict.fromkeys(("dinar",), "IQD"),
    **dict.fromkeys(("a$", "au$", "aud"), "AUD"),
    **dict.fromkeys(("c$", "ca$", "cad"), "CAD"),
    **dict.fromkeys(("hk$",), "HKD"),
    **dict.fromkeys(("nz$",), "NZD"),
    **dict.fromkeys(("r$",), "BRL"),
    **dict.fromkeys(("s$",), "SGD"),
}
CURRENCIES |= {"cent": "USD", "cents": "USD"}
PLURALS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
INDEX_WORDS = words("index indices average composite point nasdaq dow stock share")
PERCENTS = frozenset({"%", "percent", "per cent", "percentage", "pc"})


@dataclass(frozen=True, slots=True)
class Length:
    """How many kilometres one such unit is."""

    km: Decimal


LENGTHS: dict[str, Length] = {
    **dict.fromkeys(("km", "kms", "kilometer", "kilometre", "kilometers", "kilometres"), Length(Decimal(1))),
    **dict.fromkeys(("m", "meter", "metre", "meters", "metres"), Length(Decimal("0.001"))),
    **dict.fromkeys(("mile", "miles", "mi"), Length(Decimal("1.609344"))),
}
# Units that are written short in copy and counted under their full name.
UNITS: dict[str, str] = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilogramme"), "kilogram"),
    **dict.fromkeys(("gb", "gigabytes"), "gigabyte"),
    "mb": "megabyte",
    "tb": "terabyte",
    "ghz": "gigahertz",
    "mhz": "megahertz",
    **dict.fromkeys(("inch", "inches"), "inch"),
    **dict.fromkeys(("mw", "megawatt", "megawatts"), "megawatt"),
    "mm": "millimeter",
    "cm": "centimeter",
    **dict.fromkeys(("lb", "lbs"), "pound"),
    "mph": "mile per hour",
    **dict.fromkeys(("kph", "kmh"), "kilometer per hour"),
    **dict.fromkeys(("foot", "feet", "ft"), "foot"),
    "ton": "ton",
    "tonne": "tonne",
}


def is_unit(word: str) -> bool:
    """Whether a word measures rather than counts, so that it may be singular behind any number."""
    return (
        word in LENGTHS
        or word in UNITS
        or word in PERCENTS
        or word in CURRENCIES
        or word in ("square", "cubic", "nautical")
    )


def person_measure(verb: str) -> str:
    """The toll that a verb makes of its object, "" where it makes none."""
    return next((measure for measure, verbs in VERBS if verb in verbs), "")


def names_people(noun: str) -> bool:
    """Whether a noun names people by what they are or do, also where no table has it ("bakers", "Jesuits")."""
    return noun in PEOPLE or noun.endswith(("er", "or", "ist", "man", "woman", "ian", "ee", "ant"))


def population(noun: str, word: str) -> str:
    """Whom a toll counts ("children", "civilians"), "" for people in general; R4."""
    if noun in POPULATIONS:
        return POPULATIONS[noun]
    return "" if noun in GENERIC_PEOPLE or noun not in PEOPLE else word.lower()
