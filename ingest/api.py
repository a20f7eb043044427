"""Uploading for programs: copy in, and how far the desk has come with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn, cast

import django_filters.rest_framework as filters
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.errors import TooLarge, in_words
from claims.api.filters import Among, check_names
from claims.api.permissions import MaySeeUploads, MayUpload
from claims.api.schema import NOT_THERE, REFUSALS, refusal, refusals
from claims.api.views import Counted, Reading
from claims.errors import Incomplete
from ingest.api_serializers import STAGES, BatchSerializer, DeliverySerializer, UploadSerializer
from ingest.models import Batch, Delivery
from ingest.receive import Incoming, receive

State = Delivery.State


class Json(JSONParser):
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error


class Uploads(Counted):
    """Hand copy over: as files in a form, or as text in JSON. The desk reads it in its own time; `url` says how far it
    has come."""

    permission_classes = (MayUpload,)
    parser_classes = (MultiPartParser, Json)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        check_length(request)
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="uploads_create",
        request={"multipart/form-data": UploadSerializer, "application/json": UploadSerializer},
        responses={
            202: BatchSerializer,
            **REFUSALS,
            413: refusal("The request as a whole is too large."),
            415: refusal("Neither a form with files nor JSON."),
            422: refusal("Something is missing or wrong, and nothing was taken."),
        },
    )
    def post(self, request: Request) -> Response:
        check_names(request, {}, frozenset())
        told = told_in(request)
        by = cast(User, request.user)
        batch = receive(
            incoming(told),
            by=by,
            route=Batch.Route.API,
            outlet_name=told.get("outlet", ""),
            published=told.get("published"),
        )
        address = reverse("api-upload", args=[batch.public_id], request=request)
        answer = BatchSerializer(batch_of(request, batch.public_id), context={"request": request})
        return Response(answer.data, status=202, headers={"Location": address})


class Upload(Counted):
    """One upload of the asking account, with each of its files and how far the desk has come with it."""

    permission_classes = (MaySeeUploads,)

    @extend_schema(operation_id="uploads_retrieve", responses={200: BatchSerializer, **REFUSALS, **NOT_THERE})
    def get(self, request: Request, public_id: str) -> Response:
        check_names(request, {}, frozenset())
        return Response(BatchSerializer(batch_of(request, public_id), context={"request": request}).data)


class DeliveryFilters(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    batch = filters.UUIDFilter(field_name="batch__public_id", help_text="The id of one upload.")
    container = filters.NumberFilter(field_name="container_id", help_text="The id of an opened file: its parts.")
    state = Among(choices=STAGES, method="in_stage", help_text="Where it stands; may be repeated.")

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = ()

    def in_stage(self, rows: QuerySet[Delivery], name: str, stages: list[str]) -> QuerySet[Delivery]:
        wanted = Q()
        for stage in stages:
            wanted |= WHERE[stage]
        return rows.filter(wanted)


WORK = {"extracting": ("waiting", "extracting"), "done": ("done",), "failed": ("failed",)}
WHERE: dict[str, Q] = {
    stage: (Q(state=stage) if stage in State.values else Q(pk=None))
    | Q(state=State.LOADED, version__work__in=WORK.get(stage, ()))
    for stage in STAGES
}


@refusals("delivery", many="deliveries")
class Deliveries(Reading):
    """The files that the asking account uploaded, the last first, each with how far the desk has come with it."""

    queryset = Delivery.objects.none()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilters

    def get_permissions(self) -> list[BasePermission]:
        return [MaySeeUploads()]

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.for_rows().filter(batch__by=self.request.user.pk)


def check_length(request: Request) -> None:
    """Raises ``TooLarge`` before anything is read."""
    words = request.META.get("CONTENT_LENGTH") or "0"
    length = int(words) if words.isdecimal() else 0
    form = (request.content_type or "").startswith("multipart/")
    most = settings.MAX_UPLOAD_BYTES if form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if length > most:
        raise TooLarge(f"The request is {length:,} bytes long; {most:,} are the most. Nothing was taken.")


def told_in(request: Request) -> dict[str, Any]:
    """What the request says, checked. Raises ``Incomplete``."""
    data = request.data
    serializer = UploadSerializer(data=data)
    if not serializer.is_valid():
        refuse(serializer.errors)
    if unknown := sorted(set(data) - set(serializer.fields)):
        known = ", ".join(serializer.fields)
        raise Incomplete(f"There is no field {unknown[0]!r}. Fields are: {known}. Nothing was taken.", unknown[0])
    told: dict[str, Any] = serializer.validated_data
    return told


def refuse(errors: Any) -> NoReturn:
    words, field = in_words(dict(errors))
    raise Incomplete(words, field.split(".")[0])


def incoming(told: dict[str, Any]) -> Iterator[Incoming]:
    for file in told.get("files", ()):
        taken = file.size <= settings.MAX_FILE_BYTES
        yield Incoming(file.name, file.read() if taken else None, file.size)
    if "text" in told:
        raw = told["text"].encode()
        yield Incoming(told.get("filename", ""), raw, len(raw))


def batch_of(request: Request, public_id: Any) -> Batch:
    """An upload of the asking account, with its files and without their parts; ``Http404`` for anybody else's, as for
    none."""
    files = Prefetch("deliveries", queryset=Delivery.objects.for_rows().filter(container=None), to_attr="files")
    rows = Batch.objects.prefetch_related(files)
    batch = rows.filter(public_id=public_id, by=request.user.pk).first()
    if batch is None:
        raise Http404("This account has no such upload.")
    return batch
