"""Whatever is refused, as one answer to a program: {"detail": words, "field": name or ""} with the status that fits."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from claims.errors import ActError

TOO_MUCH: dict[type[Exception], str] = {
    RequestDataTooBig: "The text is too long. Nothing was taken.",
    TooManyFieldsSent: "The form has too many fields. Nothing was taken.",
    TooManyFilesSent: "These are too many files at once. Nothing was taken.",
}


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request is too large."


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, ActError):
        return said(str(error), getattr(error, "field", ""), error.status)
    if type(error) in TOO_MUCH:
        return said(TOO_MUCH[type(error)], "", TooLarge.status_code)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        words, field = in_words(error.detail)
        response.data = {"detail": words, "field": field}
    else:
        response.data = {"detail": response.data["detail"], "field": ""}
    return response


def said(detail: str, field: str, code: int) -> Response:
    return Response({"detail": detail, "field": field}, status=code)


def in_words(detail: Any, field: str = "") -> tuple[str, str]:
    """All that was wrong, in one line, and the name of the first field that it was wrong in."""
    if isinstance(detail, dict):
        parts = [in_words(value, str(key)) for key, value in detail.items()]
    elif isinstance(detail, list):
        parts = [in_words(value, field) for value in detail]
    else:
        return str(detail), "" if field == "non_field_errors" else field
    words = dict.fromkeys(f"{name}: {said}" if name and len(parts) > 1 else said for said, name in parts)
    return " ".join(words), next((name for _, name in parts if name), "")
