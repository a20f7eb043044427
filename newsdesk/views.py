"""The desk page, the door, and the page of components."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import views as auth
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from claims.access import needs
from claims.permissions import Verb
from newsdesk import limits, overview, showroom

THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 3600


class SignIn(auth.LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


@require_safe
@needs(Verb.READ)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, and what came in last."""
    return render(request, "desk.html", {"overview": overview.of_the_desk(request.user)})


@require_safe
@needs(Verb.READ)
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content."""
    return render(request, "components/page.html", showroom.everything(request))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of paper or night in a cookie; anything else is as the system has it."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if safe else "desk")
    if (chosen := request.POST.get("theme")) in THEMES:
        response.set_cookie("theme", str(chosen), A_YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refused before any page saw it: say which limit it broke."""
    if isinstance(exception, TooManyFilesSent):
        reason = f"These are more files than the desk takes at once: {settings.MAX_FILES} are the most. None was taken."
    elif isinstance(exception, RequestDataTooBig):
        reason = f"The pasted text is too long: {settings.MAX_FILE_BYTES:,} bytes are the most. Nothing was taken."
    else:
        reason = "The request was not one that the desk understands. Go back, load the page again, and retry."
    return limits.not_taken(request, reason, 400)
