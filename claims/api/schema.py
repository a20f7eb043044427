"""What the OpenAPI description says beside what the code shows, and the page on which to browse it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view

from claims.api.serializers import ErrorSerializer

View = TypeVar("View")


def refusal(words: str) -> OpenApiResponse:
    return OpenApiResponse(ErrorSerializer, description=words)


REFUSALS: dict[Any, Any] = {
    400: refusal("A parameter is unknown or not understood."),
    401: refusal("No token, or one that is not or no longer good."),
    403: refusal("The account has no right to this."),
    429: refusal("Too many requests: `Retry-After` says in how many seconds to come again."),
}
AT = OpenApiParameter(
    "at",
    datetime,
    description="A past moment (ISO 8601; without a zone in the desk's own): the answer is as the desk had it then, and"
    " names the moment in `Memento-Datetime`.",
)
NOT_THERE: dict[Any, Any] = {
    404: refusal("There is no such row, or was none at that moment; or the cursor is not one of ours.")
}


def refusals(one: str, *, many: str = "") -> Callable[[type[View]], type[View]]:
    """Name the operations of a reading viewset after what one row of it is, and add what it may refuse."""
    plural = many or f"{one}s"

    def described(view: type[View]) -> type[View]:
        shape: Any = view
        detail = shape.detail_class or shape.serializer_class
        listed = extend_schema(
            operation_id=f"{plural}_list", responses={200: shape.serializer_class(many=True), **REFUSALS, **NOT_THERE}
        )
        single = extend_schema(
            operation_id=f"{plural}_retrieve",
            parameters=[AT] if "at" in getattr(shape, "of_one", ()) else [],
            responses={200: detail, **REFUSALS, **NOT_THERE},
        )
        done: type[View] = extend_schema_view(list=listed, retrieve=single)(view)
        return done

    return described


class ClientTokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    target_class = "claims.api.tokens.ClientToken"
    name = "token"
