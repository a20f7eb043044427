"""Words by which places are told: before a name, behind it, and instead of it. Tables only."""

from __future__ import annotations

from claims.extraction.wordlists import words

INNER = words("of the and el al de la les los upon on in der am - ’ ' . do da del")
LOCATIVE = words(
    "in at near from outside inside around across into towards toward between through over leaving via "
    "surrounding throughout to"
)
AREA_WORDS = words(
    "city town village district region province oblast state county department governorate municipality area "
    "suburb neighborhood neighbourhood port capital outskirts airport district border coast island republic "
    "canton raion"
)
BEHIND = AREA_WORDS | words(
    "mayor governor police residents airport hospital officials court university 's ’s centre center suburbs"
)
REGION_WORDS = words(
    "region province oblast department governorate county district raion prefecture state territory krai"
)
TITLES = words(
    "mr mrs ms dr sir lord lady president minister general gen colonel col captain capt major sergeant sgt "
    "lieutenant lt senator sen rep secretary judge prof professor king queen prince princess pope saint spokesman "
    "spokeswoman mr. mrs. ms. dr. gen. col. capt. sgt. lt. sen. rep. prof."
)
ROADS = words(
    "street st st. avenue ave ave. road rd rd. boulevard blvd blvd. highway lane ln drive dr way circle freeway "
    "parkway turnpike expressway terrace interstate route broadway"
)
STREETS = ROADS - {"way", "dr", "st"} | words("square bridge park stadium tower movement brigade battalion court")
FACILITIES = words("hospital healthcare medical bank university college school chandler arena library")
# Never a place by themselves, whatever town may be called so.
GENERIC = words(
    "north south east west central northern southern eastern western beach park lake river hill hills valley bay "
    "island side downtown uptown main"
)
AREAS_OF_LAND = words(
    "city cities town towns village villages capital territory soil border coast airspace port ports region "
    "regions province provinces district districts mainland"
)
ACTING_PARTS = words(
    "military army force forces government president minister ministry attack attacks strike strikes response "
    "assault offensive operation operations regime official officials troops spokesman spokeswoman leader leaders "
    "invasion war police aggression officials shelling bombardment air defence defense parliament diplomat "
    "ambassador"
)
EVENTS = words(
    "attack strike blast explosion shelling bombing raid shooting assault barrage missile clash crash ambush"
)
BESIDE = words("near outside north south east west from")
OFFICES = words("mayor governor police regional prosecutor prosecutors officials authorities")
DEEDS = words(
    "kill injure wound damage destroy hit strike shell explode burn collapse trap shatter flood crash die shoot"
)
