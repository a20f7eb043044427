"""A request that is too large gets an answer that can be read, before any of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

CHUNK = 1 << 16
GIVE_UP = 2


def limit_body(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; stands before everything that reads the body, so also before the check of the CSRF token."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        size = announced(request)
        if size <= settings.MAX_UPLOAD_BYTES:
            return get_response(request)
        throw_away(request, size)
        return refusal(request, size)

    return guarded


def announced(request: HttpRequest) -> int:
    """The length of the body in bytes as its sender gives it; the server reads no more than that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def throw_away(request: HttpRequest, size: int) -> None:
    """A browser shows the answer only when it could send all of its request. What is larger still is cut off."""
    if size > GIVE_UP * settings.MAX_UPLOAD_BYTES:
        return
    for _ in range(size // CHUNK + 1):
        if not request.read(CHUNK):
            return


def refusal(request: HttpRequest, size: int) -> HttpResponse:
    reason = (
        f"That was {size:,} bytes at once; {settings.MAX_UPLOAD_BYTES:,} are the most that the desk takes. "
        "Nothing was taken: send the files in several parts."
    )
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason, "field": ""}, status=413)
    return not_taken(request, reason, 413)


def not_taken(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """The page that says why. It may come before the user was looked up, and shows the navigation all the same."""
    if not hasattr(request, "user") and hasattr(request, "session"):
        request.user = get_user(request)
    return render(request, "400.html", {"reason": reason}, status=status)
