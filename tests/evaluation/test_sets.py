"""Each set reads its own format: small files of the same shapes, with invented copy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claims.evaluation.reading import Unreadable
from claims.evaluation.registry import SETS, missing, score_set
from claims.evaluation.sets import longtail, meantime, muc, polnear, treebanks
from claims.evaluation.types import Outcome, Request, Row, Verdict


def no_wire(path: Path, published: str, outlet: str) -> Row:
    raise AssertionError(f"{path} is not to be read")


def write(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


NEWS = "Ada Quill said that the dyke broke on Sunday.\n\nThe harbour opened again.\n"
ANN = (
    "E1\tAttribution:T4 Content:T3 Content2:T5 Cue:T2 Source:T1\n"
    "T1\tSource 0 9\tAda Quill\nT2\tCue 10 14\tsaid\nT3\tContent 15 34\tthat the dyke broke\n"
    "T4\tAttribution 10 14\tsaid\n"
    "T5\tContent 35 44\ton Sunday\nT6\tDiscard 47 72\tThe harbour opened again.\n"
)


def test_polnear_reads_relations_before_their_stretches(tmp_path: Path) -> None:
    got = polnear.read(write(tmp_path / "a_0f1e.ann", ANN))
    assert got.said == [polnear.Said(((15, 34), (35, 44)), ((0, 9),), ((10, 14),))]
    assert got.discarded == [(47, 72)]


def test_polnear_names_a_stretch_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"a\.ann: T1"):
        polnear.read(write(tmp_path / "a.ann", "T1\tSource zero nine\tx\n"))


def test_polnear_scores_source_and_cue_of_what_is_found(tmp_path: Path) -> None:
    write(tmp_path / polnear.TEXTS / "a.txt", NEWS)
    write(tmp_path / polnear.ANNOTATIONS / "a_0f1e.ann", ANN)
    write(tmp_path / polnear.ANNOTATIONS / "a_ffff.ann", "")
    got = Counter((one.measure, one.verdict) for one in polnear.run(Request(tmp_path, no_wire)))
    assert got == {
        ("attributions found F1", Verdict.HIT): 1,
        ("source", Verdict.RIGHT): 1,
        ("cue", Verdict.RIGHT): 1,
    }


def test_polnear_joins_the_sentences_of_one_quotation() -> None:
    text = "“The dyke broke at noon,” Ada Quill said. “Nobody had warned the town.”"
    assert len(polnear.found_in(text)) == 1
    assert len(polnear.found_in(text, gap=-1)) == 2


KEY = """0.  MESSAGE: ID                     TST2-MUC4-0001
19. HUM TGT: DESCRIPTION            "MINERS" / "9 MEN"
21. HUM TGT: NUMBER                 1: "ODALYS"
                                    ~12: "MINERS"
                                    ? 7: "GUARDS"
                                    PLURAL: "MEN"
24. HUM TGT: TOTAL NUMBER           13

0.  MESSAGE: ID                     TST2-MUC4-0002
14. PHYS TGT: NUMBER                4: "BRIDGES"
21. HUM TGT: NUMBER                 -
"""
REPORTS = """TST2-MUC4-0001

   LORVIK, 2 NOV 89 (COAST) -- [TEXT] THE POLICE SAID THAT
TWELVE MINERS WERE KILLED IN THE ATTACK.

   A GUARD [AS HEARD] SAW IT.

TST2-MUC4-0002

   NOTHING.
"""


def test_muc_reads_key_and_reports(tmp_path: Path) -> None:
    assert muc.key(write(tmp_path / "key", KEY)) == {"TST2-MUC4-0001": {1, 12, 13}}
    got = dict(muc.reports(write(tmp_path / "reports", REPORTS)))
    assert (
        got["TST2-MUC4-0001"]
        == "LORVIK, 2 NOV 89 (COAST) -- THE POLICE SAID THAT TWELVE MINERS WERE KILLED IN THE ATTACK.\nA GUARD SAW IT."
    )


def test_muc_counts_numbers_of_two_and_more(tmp_path: Path) -> None:
    write(tmp_path / muc.REPORTS, REPORTS)
    write(tmp_path / muc.KEY, KEY)
    for name in muc.CASED:
        write(
            tmp_path / name,
            '{"sentences": ["Yesterday the police said that twelve miners were killed in the attack."]}\n',
        )
    for name in muc.TREEBANKS:
        write(tmp_path / name, "# text = It saw a guard.\n1\tIt\n")
    got = {one.item: one.verdict for one in muc.run(Request(tmp_path, no_wire))}
    assert got == {"12": Verdict.RIGHT, "13": Verdict.WRONG}


def tokens(*sentences: str) -> str:
    numbered = [(place, word) for place, words in enumerate(sentences) for word in words.split()]
    rows = (f'<token sentence="{at}" t_id="{key}">{word}</token>' for key, (at, word) in enumerate(numbered, 1))
    return "".join(rows)


def mark(tag: str, value: str, *ids: int, kind: str = "DATE", role: str = "NONE") -> str:
    anchors = "".join(f'<token_anchor t_id="{one}"/>' for one in ids)
    return f'<{tag} type="{kind}" value="{value}" functionInDocument="{role}">{anchors}</{tag}>'


ARTICLE = (
    f"<Document>{tokens('Dyke breaks', 'August 9 , 2021', 'On Sunday , 12 ships sank , $ 3 million lost recently .')}"
    "<Markables>"
    + mark("TIMEX3", "2021-08-09", 3, 4, 5, 6, role="CREATION_TIME")
    + mark("TIMEX3", "2021-08-08", 8)
    + mark("TIMEX3", "PAST_REF", 18)
    + mark("VALUE", "", 10, kind="QUANTITY")
    + mark("VALUE", "", 14, 15, 16, kind="MONEY")
    + "</Markables></Document>"
)


def test_meantime_puts_the_text_together_again(tmp_path: Path) -> None:
    got = meantime.read(write(tmp_path / "a.xml", ARTICLE))
    assert got.text == "Dyke breaks\nAugust 9, 2021\nOn Sunday, 12 ships sank, $3 million lost recently."
    assert str(got.day) == "2021-08-09"
    assert [(got.text[slice(*where)], value) for where, value in got.dates] == [("Sunday", "2021-08-08")]
    assert [got.text[slice(*where)] for where in got.values] == ["12", "$3 million"]


def test_meantime_scores_days_and_numbers(tmp_path: Path) -> None:
    write(tmp_path / meantime.FOLDER / "corpus" / "a.xml", ARTICLE)
    got = Counter((one.measure, one.verdict) for one in meantime.run(Request(tmp_path, no_wire)))
    assert got == {
        ("dates found F1", Verdict.HIT): 1,
        ("date value", Verdict.RIGHT): 1,
        ("numbers right", Verdict.RIGHT): 2,
    }


def test_meantime_names_a_file_of_another_shape(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"a\.xml"):
        meantime.read(write(tmp_path / "a.xml", "<Document><token/></Document>"))


def figure(measure: str, low: int, part_of: int | None = None) -> dict[str, Any]:
    return {"measure": measure, "low": low, "high": low, "part_of": part_of, "text": str(low)}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([[figure("killed", 2)], [figure("killed", 3), figure("killed", 1, part_of=0)], [figure("killed", 3)]], 3),
        ([[figure("killed", 2)], [figure("killed", 3)]], 2),
        ([[figure("injured", 2)]], None),
        ([], None),
    ],
)
def test_longtail_takes_the_toll_stated_most_often(figures: list[list[dict[str, Any]]], expected: int | None) -> None:
    read = {"claims": [{"text": "", "figures": each} for each in figures]}
    assert longtail.stated(read, "killed")[0] == expected


def test_longtail_compares_with_the_record(tmp_path: Path) -> None:
    write(tmp_path / longtail.INCIDENTS, '{"incident": "1", "killed": 2, "injured": 1}\n')
    write(tmp_path / longtail.ARTICLES, '{"incident": "1", "id": "a", "dct": "2021-08-09", "text": "Two died."}\n')

    def read_wire(path: Path, published: str, outlet: str) -> Row:
        assert (path.read_text(encoding="utf-8"), published) == ("Two died.", "2021-08-09")
        return {"claims": [{"text": "Two died.", "figures": [figure("killed", 2)]}]}

    got = {(one.measure, one.item): one.verdict for one in longtail.run(Request(tmp_path, read_wire))}
    assert got == {
        ("articles that state a toll", "killed"): Verdict.RIGHT,
        ("killed and injured as on record", "killed"): Verdict.RIGHT,
        ("killed and injured as on record, killed", "killed"): Verdict.RIGHT,
        ("articles that state a toll", "injured"): Verdict.WRONG,
    }


CONLLU = """# text = The dyke broke.
1\tThe\tthe\tDET\t_\t_\t2\tdet\t_\t_
2\tdyke\tdyke\tNOUN\t_\t_\t3\tnsubj\t_\t_
3-4\tbroke.\t_\t_\t_\t_\t_\t_\t_\t_
3\tbroke\tbreak\tVERB\t_\t_\t0\troot\t_\t_
3.1\tit\tit\tPRON\t_\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

"""


def test_treebanks_count_words_with_head_and_relation(tmp_path: Path) -> None:
    write(tmp_path / "a.conllu", CONLLU)
    got = [(one.measure, one.value, one.total) for one in treebanks.parses("a.conllu", Request(tmp_path, no_wire))]
    assert got == [("LAS", 3, 4), ("UPOS", 4, 4)]


def test_a_treebank_line_without_its_columns_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="line 1: 2 columns"):
        list(treebanks.sentences(write(tmp_path / "a.conllu", "1\tThe\n"), 8))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O B-ORG", [(0, 2, "PER"), (3, 4, "ORG")]),
        ("B-LOC B-LOC", [(0, 1, "LOC"), (1, 2, "LOC")]),
        ("B-OTH O O", []),
        ("O O", []),
    ],
)
def test_names_in_bio_tags(tags: str, expected: list[tuple[int, int, str]]) -> None:
    assert list(treebanks.spans(tags.split())) == expected


def test_a_missing_set_and_a_broken_row_are_named(tmp_path: Path) -> None:
    one = SETS["attribution"]
    assert missing(one, tmp_path) == list(one.needs)
    write(tmp_path / one.needs[0], '{"id": "a"}\n')
    assert missing(one, tmp_path) == []
    with pytest.raises(Unreadable, match="'attribution' lacks 'sentences'"):
        score_set(one, Request(tmp_path, no_wire))


def test_the_houses_own_reports_are_scored_anywhere(tmp_path: Path) -> None:
    report = score_set(SETS["house"], Request(tmp_path, no_wire))
    assert {"attributions found F1", "figures F1", "dates found F1", "check-worthy AUC"} <= {
        score.measure for score in report.scores
    }
    assert min(score.value for score in report.scores if score.measure == "cue") > 0.5
    assert all(isinstance(one, Outcome) for one in report.outcomes)
