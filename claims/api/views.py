"""The reading endpoints. Each says which rows, filters and shape it has; rights, throttling and pages are shared."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api import rows
from claims.api.filters import (
    ArticleFilters,
    ClaimFilters,
    EventFilters,
    SpeakerFilters,
    Strict,
    VerdictFilters,
    check_names,
)
from claims.api.moments import asked_moment, stamped
from claims.api.pagination import DIGITS, ByPublication, page_size, size_parameter
from claims.api.schema import REFUSALS, refusals
from claims.api.serializers import ChangesSerializer, ClaimSerializer, VerdictSerializer
from claims.api.story_serializers import (
    ArticleSerializer,
    ArticleWithTextSerializer,
    EventSerializer,
    EventWithLinksSerializer,
    SpeakerDetailSerializer,
    SpeakerRowSerializer,
)
from claims.models import Article, ArticleVersion, Claim, Event, Link, Speaker, Verdict, VerdictEntry
from claims.permissions import visible_to
from claims.recalling import recall_claim, recall_verdict
from claims.spoken import standing_speakers, visible_claims, who_said, with_ratings


class Counted(APIView):
    """Throttles before rights, so that what is refused for its token or its role counts too."""

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except APIException:
            super().check_throttles(request)
            raise
        super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Done with the authentication."""


class Reading(Counted, ReadOnlyModelViewSet[Any]):
    """A list and its rows. ``detail_class`` is the shape of one row where it shows more than the list does, ``of_one``
    the parameters that one row takes."""

    filter_backends = (Strict,)
    of_one: ClassVar[frozenset[str]] = frozenset()
    detail_class: ClassVar[type[BaseSerializer[Any]] | None] = None

    @abstractmethod
    def rows(self) -> QuerySet[Any]:
        """The rows of this resource, with all that its shape shows."""

    def get_queryset(self) -> QuerySet[Any]:
        return visible_to(self.request.user, self.rows())

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        if self.detail and self.detail_class is not None:
            return self.detail_class
        return super().get_serializer_class()


class InTime(Reading):
    """A list of what is shown as it is now; one row of it also as it stood at a past moment."""

    of_one = frozenset({"at"})

    @abstractmethod
    def recall(self, row: Any, at: datetime) -> None:
        """Let ``row`` be as it stood. Raises ``NotYet``."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row, at = self.get_object(), asked_moment(request)
        if at is not None:
            self.recall(row, at)
        return stamped(Response(self.get_serializer(row).data), at)


@refusals("verdict")
class Verdicts(InTime):
    """The published verdicts, the last published first."""

    queryset = Verdict.objects.none()
    serializer_class = VerdictSerializer
    filterset_class = VerdictFilters
    pagination_class = ByPublication
    lookup_field = "public_id"

    def rows(self) -> QuerySet[Verdict]:
        return rows.verdicts()

    def recall(self, row: Verdict, at: datetime) -> None:
        recall_verdict(row, at)


@refusals("claim")
class Claims(InTime):
    """The claims that the copy makes, the last found first. A claim that a later reading of its version no longer finds
    leaves the list; by its id it stays, with the time in `vanished`."""

    queryset = Claim.objects.none()
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilters

    def rows(self) -> QuerySet[Claim]:
        return rows.claims() if self.detail else rows.claims().filter(vanished__isnull=True)

    def recall(self, row: Claim, at: datetime) -> None:
        recall_claim(row, at)


@refusals("event")
class Events(Reading):
    """What happened, the last entered first; one event also with the claims that a person linked to it. One that was
    merged into another leaves the list; by its id it stays, with the other in `merged_into`."""

    queryset = Event.objects.none()
    serializer_class = EventSerializer
    detail_class = EventWithLinksSerializer
    filterset_class = EventFilters

    def rows(self) -> QuerySet[Event]:
        links = visible_to(self.request.user, Link.objects.all())
        return rows.events_with_links(links) if self.detail else rows.events(links).filter(merged_into__isnull=True)


@refusals("speaker")
class Speakers(Reading):
    """Who says what the claims say, the last that came in first, each under the name that the desk shows. A name that
    was merged leaves the list; by its id it stays, with the id of the speaker that it is now in `merged_into`."""

    queryset = Speaker.objects.none()
    serializer_class = SpeakerRowSerializer
    detail_class = SpeakerDetailSerializer
    filterset_class = SpeakerFilters

    def rows(self) -> QuerySet[Speaker]:
        claims = visible_claims(self.request.user)
        return with_ratings(who_said(claims), claims) if self.detail else standing_speakers(claims)


@refusals("article")
class Articles(Reading):
    """The stories with their versions, the last that came first; one story also with the text of each version."""

    queryset = Article.objects.none()
    serializer_class = ArticleSerializer
    detail_class = ArticleWithTextSerializer
    filterset_class = ArticleFilters

    def rows(self) -> QuerySet[Article]:
        versions = visible_to(self.request.user, ArticleVersion.objects.all())
        return rows.articles_with_text(versions) if self.detail else rows.articles(versions)


class Changes(Counted):
    """What changed in the published verdicts, in the order in which it happened: for keeping a copy in step."""

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter("after", int, description="The `after` of the last answer; 0 or nothing: from the start."),
            OpenApiParameter("page_size", size_parameter()["schema"], description=size_parameter()["description"]),
        ],
        responses={200: ChangesSerializer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        check_names(request, {}, frozenset({"after", "page_size"}))
        after, size = after_number(request), page_size(request)
        found = list(rows.changes().filter(pk__gt=after)[: size + 1])
        last = found[:size][-1].pk if found else after
        answer = {
            "after": last,
            "more": len(found) > size,
            "next": request.build_absolute_uri(f"{request.path}?after={last}&page_size={size}"),
            "results": found[:size],
        }
        context = {"request": request, "faces": faces_of(request, found[:size])}
        return Response(ChangesSerializer(answer, context=context).data)


def after_number(request: Request) -> int:
    words = request.query_params.get("after", "0")
    if not words.isdecimal() or len(words) > DIGITS:
        raise ValidationError({"after": [f"after takes the number that the last answer gave, not {words!r}."]})
    return int(words)


def faces_of(request: Request, entries: list[VerdictEntry]) -> dict[int, Verdict]:
    published = visible_to(request.user, rows.verdicts()).filter(pk__in=[entry.verdict_id for entry in entries])
    return {verdict.pk: verdict for verdict in published}
