"""The door of every page: who may open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from claims.permissions import Verb, may

Page = Callable[..., HttpResponseBase]

WORDS = {
    Verb.READ: "read the desk's pages",
    Verb.UPLOAD: "upload copy",
    Verb.LINK: "link claims to events",
    Verb.RULE: "rule on claims",
    Verb.SIGN_OFF: "sign off on verdicts",
    Verb.MANAGE: "manage the desk",
    Verb.PULL: "pull data",
    Verb.EMBARGOED: "see or lift what is under embargo",
}


def needs(verb: Verb) -> Callable[[Page], Page]:
    """Let a function view be opened only by who may do ``verb``: a visitor is sent to sign in and comes back, an
    account without the right gets ``PermissionDenied`` (403)."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not may(request.user, verb):
                raise PermissionDenied(f"{request.user.get_username()} may not {WORDS[verb]}.")
            return page(request, *args, **kwargs)

        return guarded

    return guard


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """A redirect to sign in; for htmx, which would paste that page into the fragment, one that the browser does."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    back = htmx.current_url_abs_path or "/"
    return HttpResponseClientRedirect(redirect_to_login(back).url)
