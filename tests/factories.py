"""Rows for tests. Every claim's text stands in its version at its offsets, as in the desk."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth.models import Group, User
from factory.django import DjangoModelFactory

from claims import verdicts
from claims.changes import note_standing
from claims.linking import write_entries
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Event,
    Figure,
    Link,
    Outlet,
    Place,
    Reuse,
    Speaker,
    Verdict,
)
from claims.names import fold
from claims.permissions import Role
from ingest.models import Batch, Delivery

SENTENCE = re.compile(r"[^.\n]+\.")
NUMBER = re.compile(r"\d+")
PUBLISHED = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)


class UserFactory(DjangoModelFactory[User]):
    """``role`` is one of ``claims.permissions.Role``; None for a user without rights. The password is ``password``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    role = None
    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password("password")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        role = kwargs.pop("role", None)
        user = super()._create(model_class, *args, **kwargs)
        if role is not None:
            user.groups.add(Group.objects.get_or_create(name=str(role))[0])
        return user


class OutletFactory(DjangoModelFactory[Outlet]):
    class Meta:
        model = Outlet

    name = factory.Sequence(lambda n: f"Harbour Post {n}")


class PlaceFactory(DjangoModelFactory[Place]):
    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Lower Quay {n}")


class SpeakerFactory(DjangoModelFactory[Speaker]):
    class Meta:
        model = Speaker

    name = factory.Sequence(lambda n: f"Maren Oduya {n}")
    key = factory.LazyAttribute(lambda o: fold(o.name))
    kind = Speaker.Kind.PERSON


class ArticleFactory(DjangoModelFactory[Article]):
    class Meta:
        model = Article

    outlet = factory.SubFactory(OutletFactory)
    slug = factory.Sequence(lambda n: f"Warehouse fire at pier {n}")


class ArticleVersionFactory(DjangoModelFactory[ArticleVersion]):
    """Extracted, unless ``work`` says otherwise; several sentences, each of which can be a claim."""

    class Meta:
        model = ArticleVersion

    class Params:
        body = (
            "A fire in a warehouse killed 12 people on Monday, the harbour office said. "
            "At least 30 people were injured, according to the city's ambulance service. "
            "Two sheds were destroyed. "
            "The owner denied that the doors had been locked."
        )

    article = factory.SubFactory(ArticleFactory)
    number = factory.LazyAttribute(lambda o: o.article.versions.count() + 1)
    version_created = PUBLISHED
    published = factory.SelfAttribute("version_created")
    headline = factory.SelfAttribute("article.slug")
    headline_end = factory.LazyAttribute(lambda o: len(o.headline))
    text = factory.LazyAttribute(lambda o: f"{o.headline}\n\n{o.body}" if o.headline else o.body)
    work = ArticleVersion.Work.DONE
    producer = "factory 1"


def next_span(version: ArticleVersion) -> tuple[int, int]:
    """The first sentence of the version that is no claim yet; then sentences without their first words."""
    taken = set(version.claims.values_list("start", "end"))
    sentences = [match.span() for match in SENTENCE.finditer(version.text, version.headline_end)]
    for skip in range(12):
        for start, end in sentences:
            words = list(re.finditer(r"\S+", version.text[start:end]))
            if skip < len(words) and (span := (start + words[skip].start(), end)) not in taken:
                return span
    raise ValueError("Every stretch of this version is a claim already; give start and end.")


class ClaimFactory(DjangoModelFactory[Claim]):
    """``text`` is looked up in the version; ``start`` and ``end`` give the text; without these, a free sentence."""

    class Meta:
        model = Claim

    version = factory.SubFactory(ArticleVersionFactory)
    worth = 0.8
    from_day = date(2024, 5, 13)
    to_day = factory.SelfAttribute("from_day")
    producer = "factory 1"

    @classmethod
    def _create(cls, model_class: type[Claim], *args: Any, **kwargs: Any) -> Claim:
        version = kwargs["version"]
        if "text" in kwargs:
            start = kwargs.setdefault("start", version.text.index(kwargs["text"]))
            kwargs["end"] = start + len(kwargs["text"])
        elif "start" not in kwargs:
            kwargs["start"], kwargs["end"] = next_span(version)
        kwargs["text"] = version.text[kwargs["start"] : kwargs["end"]]
        claim = super()._create(model_class, *args, **kwargs)
        note_standing(Claim.objects.filter(pk=claim.pk))
        return claim


class FigureFactory(DjangoModelFactory[Figure]):
    """An exact figure; its words are the first number in the claim, else the claim's first word."""

    class Meta:
        model = Figure

    claim = factory.SubFactory(ClaimFactory)
    measure = "killed"
    low = Decimal(12)
    high = factory.SelfAttribute("low")
    words = factory.LazyAttribute(lambda o: (NUMBER.search(o.claim.text) or re.search(r"\S+", o.claim.text))[0])
    start = factory.LazyAttribute(lambda o: o.claim.start + o.claim.text.index(o.words))
    end = factory.LazyAttribute(lambda o: o.start + len(o.words))


class EventFactory(DjangoModelFactory[Event]):
    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Fire in a warehouse {n}")
    kind = "fire"
    from_day = date(2024, 5, 13)
    to_day = factory.SelfAttribute("from_day")


class LinkFactory(DjangoModelFactory[Link]):
    """Suggested by the machine, unless ``state`` says otherwise; in the history from now on."""

    class Meta:
        model = Link

    claim = factory.SubFactory(ClaimFactory)
    event = factory.SubFactory(EventFactory)
    score = 0.75
    reasons = factory.LazyFunction(lambda: ["same day: 13 May 2024"])
    producer = "factory 1"

    @classmethod
    def _create(cls, model_class: type[Link], *args: Any, **kwargs: Any) -> Link:
        link = super()._create(model_class, *args, **kwargs)
        write_entries([link])
        return link


class VerdictFactory(DjangoModelFactory[Verdict]):
    """Recorded by the act, so that history, evidence and the state of the claim agree with it.

    ``disputed`` is published at once; ``corroborated`` on a claim with figures waits for its second reader.
    """

    class Meta:
        model = Verdict

    claim = factory.SubFactory(ClaimFactory)
    rating = "disputed"
    reason = "The ambulance service and the harbour office give different numbers."
    author = factory.SubFactory(UserFactory, role=Role.REVIEWER)
    evidence = factory.LazyFunction(lambda: [verdicts.Exhibit("against", note="Telephone call to the harbour office")])

    @classmethod
    def _create(cls, model_class: type[Verdict], *args: Any, **kwargs: Any) -> Verdict:
        claim = kwargs["claim"]
        return verdicts.record_verdict(
            claim=claim,
            rating=kwargs["rating"],
            reason=kwargs["reason"],
            evidence=kwargs["evidence"],
            by=kwargs["author"],
            seen=claim.seen,
        )


class ReuseFactory(DjangoModelFactory[Reuse]):
    """Two versions of which one is partly derived from the other, as the machine says."""

    class Meta:
        model = Reuse

    a = factory.SubFactory(ArticleVersionFactory)
    b = factory.SubFactory(ArticleVersionFactory)
    machine_label = "partly"
    label = factory.SelfAttribute("machine_label")
    score = 0.5
    share_a = 0.5
    share_b = 0.4
    producer = "factory 1"


class BatchFactory(DjangoModelFactory[Batch]):
    class Meta:
        model = Batch

    by = factory.SubFactory(UserFactory, role=Role.EDITOR)


class DeliveryFactory(DjangoModelFactory[Delivery]):
    """Received and waiting to be read, unless ``state`` says otherwise."""

    class Meta:
        model = Delivery

    batch = factory.SubFactory(BatchFactory)
    filename = factory.Sequence(lambda n: f"pier-{n}.txt")
    raw = factory.LazyAttribute(lambda o: f"Fire at the pier\n\nA shed burned down. ({o.filename})\n".encode())
    size = factory.LazyAttribute(lambda o: len(o.raw))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.raw).hexdigest())
