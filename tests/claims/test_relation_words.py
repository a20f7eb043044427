"""What people say of how claims stand: who may, what is refused, and that it outlasts the machine (R11, R16, R17)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.errors import Incomplete, NotAllowed
from claims.event_relations import event_relations
from claims.models import Claim, Event, RelationWord
from claims.permissions import visible_to
from claims.relation_words import Standing, say_of_relation, take_back_relation
from claims.relations import Kind
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db
DENIES = RelationWord.Kind.DENIES


def said(event: Event, text: str, by: str, **about: object) -> Claim:
    version = ArticleVersionFactory(text=f"{text}.\n")
    speaker = SpeakerFactory._meta.model.objects.filter(name=by).first() or SpeakerFactory(name=by, kind="body")
    given = {"mode": "indirect", "cue": "say"} | about
    claim: Claim = ClaimFactory(version=version, start=0, end=len(text), text=text, speaker=speaker, **given)
    LinkFactory(claim=claim, event=event, state="confirmed")
    return claim


def denied(event: Event, user: User) -> list[tuple[str, str]]:
    shown = event_relations(event, visible_to(user, Claim.objects.all()))
    return [(shown.claims[each.one].text, shown.claims[each.other].text) for each in shown.relations.of(Kind.DENIES)]


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    said(made, "Danish rockets destroyed thirty homes", "Norwegian army")
    said(made, "its forces do not target civilians", "Danish defence ministry", polarity="denied")
    return made


def ends(event: Event) -> tuple[Claim, Claim]:
    other, one = (link.claim for link in event.links.order_by("pk")[:2])
    return one, other


def test_a_word_holds_for_what_the_same_source_says_again(event: Event, editor: User, reviewer: User) -> None:
    again = said(event, "its navy does not target civilians", "Danish defence ministry", polarity="denied")
    another = said(event, "our ships never target civilians", "Danish navy", polarity="denied")
    assert len(denied(event, editor)) == 3
    say_of_relation(
        event=event, standing=Standing(DENIES, *ends(event), holds=False), reason="No.", by=reviewer, seen=0
    )
    told = [one for one, _ in denied(event, editor)]
    assert again.text not in told
    assert told in ([another.text], [])


def test_who_may_not_link_says_nothing(event: Event, editor: User, reviewer: User) -> None:
    standing = Standing(DENIES, *ends(event), holds=False)
    with pytest.raises(NotAllowed):
        say_of_relation(event=event, standing=standing, reason="No.", by=editor, seen=0)
    word = say_of_relation(event=event, standing=standing, reason="No.", by=reviewer, seen=0)
    with pytest.raises(NotAllowed):
        take_back_relation(event=event, word=word, by=editor)
    assert RelationWord.objects.filter(ended__isnull=True).count() == 1


@pytest.mark.parametrize("kind", ["repeats", "", "denies", "different scope"])
def test_what_makes_no_sense_is_refused(event: Event, reviewer: User, kind: str) -> None:
    one, other = ends(event)
    refused = Standing(kind, one, other, holds=kind == "denies", dimension="mood")
    with pytest.raises(Incomplete):
        say_of_relation(event=event, standing=refused, reason="So it is.", by=reviewer, seen=0)
    for pair in ((one, one), (one, ClaimFactory())):
        with pytest.raises(Incomplete):
            say_of_relation(
                event=event, standing=Standing(DENIES, *pair, holds=False), reason="No.", by=reviewer, seen=0
            )
    assert not RelationWord.objects.exists()


def test_a_scope_is_one_from_both_ends(event: Event, reviewer: User) -> None:
    one, other = ends(event)
    for claim, low in ((one, 4), (other, 9)):
        FigureFactory(claim=claim, low=low)
    first = say_of_relation(
        event=event, standing=Standing("different scope", one, other, True, "day"), reason="1.", by=reviewer, seen=0
    )
    second = say_of_relation(
        event=event, standing=Standing("different scope", other, one, True, "place"), reason="2.", by=reviewer,
        seen=first.pk,
    )  # fmt: skip
    assert (second.one_id, second.other_id) == (first.one_id, first.other_id)
    assert RelationWord.objects.get(ended__isnull=True).dimension == "place"


def test_a_claim_that_its_story_no_longer_has_denies_nothing(event: Event, editor: User) -> None:
    one, _ = ends(event)
    assert denied(event, editor)
    Claim.objects.filter(pk=one.pk).update(orphaned_by=ArticleVersionFactory())
    assert denied(event, editor) == []
    Claim.objects.filter(pk=one.pk).update(orphaned_by=None, withdrawn_by=ArticleVersionFactory())
    assert denied(event, editor) == []
