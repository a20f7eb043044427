"""What the sets put together before they compare: claims of one cue, of one quotation; and parts left out of tolls."""

from decimal import Decimal

from claims.evaluation.sets import attribution, longtail, polnear
from claims.evaluation.types import Verdict


def test_two_claims_of_one_cue_are_one_attribution() -> None:
    row = {
        "id": "a",
        "sentences": ["The mayor said that two bridges fell and that nine people were missing."],
        "attributions": [
            {
                "sent": 0,
                "cue": [10, 14],
                "content": [[20, 74]],
                "name": "mayor",
                "mode": "indirect",
                "polarity": "asserted",
            }
        ],
        "figures": [],
        "worth": [2],
    }
    got = [one.verdict for one in attribution.outcomes(row, "rest") if one.measure == "attributions found F1"]
    assert got == [Verdict.HIT]


def test_an_annotated_figure_with_an_upper_end_alone_runs_from_nought() -> None:
    row = {
        "id": "a",
        "sentences": ["The index fell below 9,000."],
        "attributions": [],
        "figures": [{"sent": 0, "measure": "other:point", "low": None, "high": Decimal(9000)}],
        "worth": [2],
    }
    got = [one.verdict for one in attribution.outcomes(row, "rest") if one.measure == "figures of the text F1"]
    assert got == [Verdict.HIT]


def test_a_quotation_is_joined_to_the_cue_that_closes_it() -> None:
    text = "\u201cThe dam held on Monday. Nobody was hurt in the valley,\u201d Ada Brandt said."
    (said,) = polnear.found_in(text)
    assert len(said.content) == 2
    assert text[slice(*said.cue[0])] == "said"


def test_two_quotations_of_one_speaker_stay_two() -> None:
    text = "Ada Brandt said: \u201cThe dam held on Monday.\u201d She added: \u201cNobody was hurt in the valley.\u201d"
    assert len(polnear.found_in(text)) == 2


def test_three_of_the_men_is_no_toll_of_its_own() -> None:
    def figure(low: int, text: str) -> dict[str, object]:
        return {"measure": "injured", "low": low, "part_of": None, "text": text}

    claims = [
        {"text": "Three of the men were hurt", "figures": [figure(3, "Three")]},
        {"text": "Four men were hurt", "figures": [figure(4, "Four men")]},
    ]
    assert longtail.stated({"claims": claims}, "injured")[0] == 4
