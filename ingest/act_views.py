"""What a person does with one delivery: again, in all the same, and which story it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import needs
from claims.errors import Incomplete, Stale
from claims.models import Article
from claims.permissions import Verb, visible_to
from ingest import candidates as stories
from ingest import joining
from ingest import retry as retrying
from ingest.forms import StoryForm
from ingest.ledger import may_see
from ingest.models import Delivery
from ingest.views import SeeOther, show_batch

MOST_ASKED = 200
Act = Callable[[HttpRequest, Delivery], HttpResponse]


def delivery_of(request: HttpRequest, pk: int) -> Delivery:
    """A delivery without its bytes; ``Http404`` where there is none, or where it is under embargo for who asks."""
    linked = ("batch", "version__article__outlet", "same_as", "duplicate_of", "container")
    heavy = ("raw", "duplicate_of__raw", "container__raw", "version__text", "same_as__text")
    delivery = get_object_or_404(Delivery.objects.select_related(*linked).defer(*heavy), pk=pk)
    if not may_see(delivery, request.user):
        raise Http404("There is no such file.")
    return delivery


def act(make: Act) -> Callable[..., Any]:
    """A view that does one thing to a delivery and goes to its batch. Where the delivery changed meanwhile, 409 with
    the batch as it stands now."""

    @require_POST
    @needs(Verb.UPLOAD)
    @wraps(make)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        delivery = delivery_of(request, pk)
        try:
            return make(request, delivery)
        except (Stale, Incomplete) as error:
            messages.warning(request, str(error))
            return show_batch(request, delivery.batch, status=error.status)

    return view


@act
def retry(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """Try a failed file again."""
    retrying.retry(delivery, by=cast(User, request.user))
    return SeeOther(delivery.batch.get_absolute_url())


@act
def take(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """Take a duplicate in all the same."""
    joining.take_anyway(delivery, by=cast(User, request.user))
    messages.success(request, f"{delivery} is taken in all the same.")
    return SeeOther(delivery.batch.get_absolute_url())


@act
def split(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """Make the version of this delivery a story of its own."""
    if delivery.version is None:
        raise Stale(joining.MEANWHILE)
    new = joining.split(delivery.version, by=cast(User, request.user))
    messages.success(request, "The version is a story of its own now. To undo this, join it to its story again.")
    return SeeOther(new.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.UPLOAD)
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Which story a delivery belongs to, with others to choose from; for a notice that names none, which it
    withdraws."""
    delivery = delivery_of(request, pk)
    if request.method != "POST":
        return show_story(request, delivery)
    form = StoryForm(request.POST)
    try:
        return choose(request, delivery, form)
    except Incomplete as error:
        return show_story(request, delivery, str(error), status=422)
    except Stale as error:
        messages.warning(request, str(error))
        return show_batch(request, delivery.batch, status=409)


def choose(request: HttpRequest, delivery: Delivery, form: StoryForm) -> HttpResponse:
    """Do what the form says. Raises ``Incomplete``, ``Stale``."""
    article = form.cleaned_data["article"] if form.is_valid() else None
    by = cast(User, request.user)
    if article is not None and not stories.may_open(by, article):
        article = None
    alone = bool(form.is_valid() and form.cleaned_data["alone"])
    if article is None and not (alone and delivery.state == Delivery.State.UNDECIDED):
        raise Incomplete("Choose one of the stories.", "article")
    if delivery.version is None:
        joining.decide(delivery, article, by=by)
        return SeeOther(delivery.batch.get_absolute_url())
    joining.join(delivery.version, cast(Article, article), by=by)
    messages.success(request, "It is a version of this story now. To undo this, split it off again.")
    return SeeOther(cast(Article, article).get_absolute_url())


def show_story(request: HttpRequest, delivery: Delivery, error: str = "", status: int = 200) -> HttpResponse:
    asked = request.GET.get("q", "")[:MOST_ASKED].strip()
    version = delivery.version
    if version is None and delivery.state != Delivery.State.UNDECIDED:
        raise Http404("This file is no version of any story.")
    family = (
        version.article.versions.defer("text", "furniture").order_by("version_created", "number") if version else None
    )
    context = {
        "delivery": delivery,
        "version": version,
        "family": visible_to(request.user, family)[:MOST_ASKED] if family is not None else [],
        "asked": asked,
        "candidates": stories.candidates(
            asked or stories.words_of(delivery), request.user, apart_from=version.article if version else None
        ),
        "error": error,
    }
    return render(request, "ingest/story.html", context, status=status)
