"""The count board of an event from the desk's rows, and what people say of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import verdicts
from claims.board_table import By, Line, table_of
from claims.board_words import (
    Pairing,
    RowKey,
    say_of_sources,
    set_best_value,
    take_back_best,
    take_back_word,
)
from claims.comparison import Standing
from claims.errors import Incomplete, NotAllowed, Stale
from claims.event_board import EventBoard, event_board
from claims.models import Activity, BestValue, Claim, Event, Link, SourceWord, Speaker
from claims.permissions import visible_to
from tests.factories import (
    PUBLISHED,
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    OutletFactory,
    PlaceFactory,
    ReuseFactory,
    SpeakerFactory,
    VerdictFactory,
)

pytestmark = pytest.mark.django_db
BOTH = "primary sources"


def said(event: Event, speaker: str | None, low: int, *, outlet: str = "", hours: int = 0, **about: object) -> Claim:
    """A claim of ``event`` in an article of its own: ``speaker`` counts ``low`` killed; None: the outlet itself."""
    name = outlet or f"Post {Claim.objects.count()}"
    house = OutletFactory._meta.model.objects.filter(name=name).first() or OutletFactory(name=name)
    version = about.pop("version", None) or ArticleVersionFactory(
        article=ArticleFactory(outlet=house), version_created=PUBLISHED + timedelta(hours=hours)
    )
    who = Speaker.objects.filter(name=speaker).first() or (SpeakerFactory(name=speaker) if speaker else None)
    figure = {key: about.pop(key) for key in ("high", "population", "place", "measure") if key in about}
    state = about.pop("state", Link.State.CONFIRMED)
    claim: Claim = ClaimFactory(version=version, speaker=who, **about)
    FigureFactory(claim=claim, low=Decimal(low), **figure)
    LinkFactory(claim=claim, event=event, state=state)
    return claim


def board(event: Event, user: User, **how: bool) -> EventBoard:
    return event_board(event, visible_to(user, Claim.objects.all()), **how)


def lines(event: Event, user: User, by: By = By.SOURCES) -> list[Line]:
    shown = board(event, user)
    return list(table_of(shown.board, shown.mentions, by, ("killed",), shown.best).lines)


@pytest.mark.parametrize(
    ("second", "low", "hours", "standing", "rule"),
    [
        ("Per Aas", 7, 2, Standing.CONFLICT, "R14"),
        ("Per Aas", 7, 30, Standing.POSSIBLY_STALE, "R14"),
        ("Ida Holm", 7, 2, Standing.UPDATE, "R13"),
        ("Ida Holm", 3, 2, Standing.REVISED_DOWN, "R13"),
        ("Ida Holm", 3, 0, Standing.CONFLICT, "R15"),
        ("Per Aas", 5, 2, Standing.AGREE, ""),
    ],
)
def test_how_two_figures_stand(editor: User, second: str, low: int, hours: int, standing: Standing, rule: str) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, second, low, hours=hours)
    (line,) = lines(event, editor)
    assert line.row.cell.standing is standing
    assert [reason.rule for reason in line.reasons] == [rule] * bool(rule)


def test_the_window_of_conflict_is_the_desk_s(editor: User, settings: object) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, "Per Aas", 7, hours=30)
    settings.CONFLICT_WINDOW = timedelta(hours=48)  # type: ignore[attr-defined]
    assert lines(event, editor)[0].row.cell.standing is Standing.CONFLICT


def test_the_range_leaves_out_what_is_replaced_denied_orphaned_or_withdrawn(editor: User) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 1)
    said(event, "Ida Holm", 5, hours=1)
    said(event, "Per Aas", 90, polarity="denied")
    said(event, "Nils Vik", 80, orphaned_by=ArticleVersionFactory())
    killed = said(event, "Tor Berg", 70, withdrawn_by=ArticleVersionFactory())
    shown = board(event, editor)
    (row,) = shown.board.rows
    assert (row.cell.low, row.cell.high) == (Decimal(5), Decimal(5))
    assert [figure.low for figure in row.denials] == [Decimal(90)]
    assert [figure.low for figure in row.past] == [Decimal(80)]
    assert shown.withdrawn == [killed]
    assert {group.name for group in shown.board.ledger.sources} == {"Ida Holm", "Per Aas"}


def test_a_row_that_is_only_denied_is_missing_and_not_zero(editor: User) -> None:
    event = EventFactory()
    said(event, "Per Aas", 9, polarity="denied")
    (line,) = lines(event, editor)
    assert (line.label, line.range, line.single) == ("missing", "", "")


def test_one_source_alone_agrees_with_nobody(editor: User) -> None:
    event = EventFactory()
    for outlet in ("A", "B"):
        said(event, "Ida Holm", 5, outlet=outlet)
    (line,) = lines(event, editor)
    assert (line.state, line.label, line.behind) == ("single", "one source", (2, 2, 1))


def test_one_text_under_two_mastheads_is_one_newsroom(editor: User) -> None:
    event = EventFactory()
    first, second = (said(event, None, 5, outlet=name) for name in ("Harbour Post", "Quay Echo"))
    assert board(event, editor).board.ledger.counts == (2, 2, 0)
    ReuseFactory(a=first.version, b=second.version, machine_label="wholly")
    shown = board(event, editor)
    assert shown.board.ledger.counts == (2, 1, 0)
    assert shown.board.ledger.newsrooms[0].reasons[0].startswith("R21 the text of Harbour Post and Quay Echo")
    assert len(shown.board.ledger.unattributed) == 2


def test_suggested_claims_count_where_asked(editor: User) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, "Per Aas", 9, state=Link.State.SUGGESTED)
    said(event, "Nils Vik", 1, state=Link.State.REJECTED)
    highs = [board(event, editor, with_suggested=asked).board.rows[0].cell.high for asked in (False, True)]
    assert highs == [Decimal(5), Decimal(9)]


def test_what_is_under_embargo_counts_for_who_may_see_it(editor: User, reviewer: User) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, "Per Aas", 9, version=ArticleVersionFactory(status="embargoed"))
    assert [board(event, who).board.rows[0].cell.high for who in (editor, reviewer)] == [Decimal(9), Decimal(5)]


@pytest.mark.parametrize("other", [{"population": "children"}, {"measure": "injured"}])
def test_different_things_are_different_rows(editor: User, other: dict[str, str]) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, "Per Aas", 9, **other)
    assert [line.label for line in lines(event, editor)] == ["one source"] * 2


def test_verified_totals_stand_beside_what_is_reported(editor: User, reviewer: User, chief: User) -> None:
    event = EventFactory()
    claim = said(event, "Ida Holm", 5)
    said(event, "Per Aas", 9)
    verdict = VerdictFactory(claim=claim, rating="corroborated", author=reviewer)
    assert lines(event, editor)[0].verified == ""
    claim.refresh_from_db()
    verdicts.sign_off(claim=claim, by=chief, seen=claim.seen, note="")
    verdict.refresh_from_db()
    (line,) = lines(event, editor)
    assert (line.range, line.verified) == ("5–9", "5")


def test_the_columns_follow_the_level(editor: User) -> None:
    event = EventFactory()
    for outlet in ("A", "B"):
        said(event, "Ida Holm", 5, outlet=outlet)
    said(event, None, 6, outlet="B")
    shown = board(event, editor)
    columns = {by: [c.name for c in table_of(shown.board, shown.mentions, by).columns] for by in By}
    assert columns[By.SOURCES] == ["Ida Holm", "B, in its own voice"]
    assert columns[By.OUTLETS] == columns[By.NEWSROOMS] == ["B", "A"]


def test_the_queries_do_not_grow(editor: User) -> None:
    event, counts = EventFactory(), []
    board(event, editor)
    for upto in (1, 50):
        while event.links.count() < upto:
            claim = said(event, f"Maren Vik {event.links.count()}", event.links.count(), place=PlaceFactory())
            claim.places.add(PlaceFactory())
            VerdictFactory(claim=claim)
        with CaptureQueriesContext(connection) as caught:
            assert len(board(event, editor).mentions) == upto
        counts.append(len(caught))
    assert counts[0] == counts[1]


def pairing(same: bool, level: str = BOTH) -> Pairing:
    return Pairing(level, "Ida Holm", "Per Aas", same)


@pytest.fixture
def two(db: None) -> Event:
    event: Event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, "Per Aas", 7, hours=2)
    return event


def test_a_person_s_word_on_two_sources_holds_until_it_is_taken_back(two: Event, reviewer: User) -> None:
    word = say_of_sources(event=two, pairing=pairing(True), reason="Her pen name.", by=reviewer, seen=0)
    (line,) = lines(two, reviewer)
    assert line.row.cell.standing is Standing.UPDATE
    assert "a person said so: Her pen name." in board(two, reviewer).board.ledger.sources[0].reasons
    take_back_word(event=two, word=word, by=reviewer)
    assert lines(two, reviewer)[0].row.cell.standing is Standing.CONFLICT
    kinds = list(Activity.objects.filter(event=two).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["sources ruled", "sources reopened"]
    with pytest.raises(Stale):
        take_back_word(event=two, word=word, by=reviewer)


def test_the_desk_s_word_holds_everywhere_but_where_the_event_s_own_says_otherwise(two: Event, reviewer: User) -> None:
    say_of_sources(event=two, pairing=pairing(True), reason="One.", by=reviewer, seen=0, everywhere=True)
    other: Event = EventFactory()
    said(other, "Ida Holm", 5)
    said(other, "Per Aas", 7)
    assert len(board(other, reviewer).board.ledger.sources) == 1
    say_of_sources(event=two, pairing=pairing(False), reason="Two here.", by=reviewer, seen=0)
    assert len(board(two, reviewer).board.ledger.sources) == 2
    assert len(board(other, reviewer).board.ledger.sources) == 1


def test_told_apart_stays_apart_although_a_third_would_join_them(reviewer: User) -> None:
    event = EventFactory()
    for outlet in ("A", "B", "C"):
        said(event, None, 5, outlet=outlet, version=None)
    versions = [link.claim.version for link in event.links.order_by("claim_id")]
    for version in versions:
        version.agencies = ["Northern Wire"]
        version.save()
    assert len(board(event, reviewer).board.ledger.newsrooms) == 1
    say_of_sources(event=event, pairing=Pairing("newsrooms", "A", "B", False), reason="Own men.", by=reviewer, seen=0)
    groups = board(event, reviewer).board.ledger.newsrooms
    assert len(groups) == 2
    assert not any({"A", "B"} <= set(group.names) for group in groups)


def test_who_was_not_shown_the_last_word_does_not_replace_it(two: Event, reviewer: User, chief: User) -> None:
    first = say_of_sources(event=two, pairing=pairing(True), reason="One.", by=reviewer, seen=0)
    with pytest.raises(Stale):
        say_of_sources(event=two, pairing=pairing(False), reason="Two.", by=chief, seen=0)
    say_of_sources(event=two, pairing=pairing(False), reason="Two.", by=chief, seen=first.pk)
    assert [(w.same, w.ended is None) for w in SourceWord.objects.all()] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("given", "reason"),
    [(pairing(True), " "), (pairing(True, "papers"), "x"), (Pairing(BOTH, "Ida Holm", "IDA  HOLM", True), "x")],
    ids=["no reason", "no such level", "one name"],
)
def test_a_word_that_says_nothing_is_refused(two: Event, reviewer: User, given: Pairing, reason: str) -> None:
    with pytest.raises(Incomplete):
        say_of_sources(event=two, pairing=given, reason=reason, by=reviewer, seen=0)
    assert not SourceWord.objects.exists()


def test_the_best_value_stands_apart_from_the_range(two: Event, reviewer: User, chief: User) -> None:
    row = RowKey("killed")
    first = set_best_value(event=two, row=row, value=Decimal(6), reason="The list of names.", by=reviewer, seen=0)
    (line,) = lines(two, reviewer)
    assert (line.range, line.best) == ("5–7", first)
    with pytest.raises(Stale):
        set_best_value(event=two, row=row, value=Decimal(7), reason="Later list.", by=chief, seen=0)
    second = set_best_value(event=two, row=row, value=Decimal(7), reason="Later list.", by=chief, seen=first.pk)
    take_back_best(event=two, best=second, by=chief)
    assert lines(two, reviewer)[0].best is None
    assert BestValue.objects.count() == 2
    assert Activity.objects.filter(kind__startswith="best value").count() == 3


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1e30", "0.0001"])
def test_no_number_is_no_best_value(two: Event, reviewer: User, value: str) -> None:
    with pytest.raises(Incomplete):
        set_best_value(event=two, row=RowKey("killed"), value=Decimal(value), reason="x", by=reviewer, seen=0)


def test_who_may_not_link_may_not_speak_of_boards(two: Event, editor: User, reviewer: User) -> None:
    with pytest.raises(NotAllowed):
        say_of_sources(event=two, pairing=pairing(True), reason="x", by=editor, seen=0)
    with pytest.raises(NotAllowed):
        set_best_value(event=two, row=RowKey("killed"), value=Decimal(1), reason="x", by=editor, seen=0)
