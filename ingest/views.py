"""Intake pages: upload, the progress of a batch, the ledger."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from claims.access import needs
from claims.errors import Incomplete
from claims.permissions import Verb
from ingest import ledger as rows_of_ledger
from ingest import progress
from ingest.forms import LedgerFilter, UploadForm, known_outlets
from ingest.ledger import mark_hidden
from ingest.models import Batch, Delivery
from ingest.receive import receive

FILES_A_PAGE = 100


class SeeOther(HttpResponseRedirect):
    status_code = 303


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """The upload form; what was handed over is shown on the page of its batch."""
    if request.method != "POST":
        return show_upload(request, UploadForm(user=request.user, initial={"replaces": request.GET.get("replaces")}))
    form = UploadForm(request.POST, request.FILES, user=request.user)
    if form.is_valid():
        try:
            batch = receive(
                form.incoming(),
                by=cast(User, request.user),
                outlet_name=form.cleaned_data["outlet"],
                published=form.cleaned_data["published"],
                replaces=form.cleaned_data["replaces"],
            )
        except Incomplete as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return SeeOther(batch.get_absolute_url())
    return show_upload(request, form, status=422)


def show_upload(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    limits = {"file": settings.MAX_FILE_BYTES, "files": settings.MAX_FILES, "all": settings.MAX_UPLOAD_BYTES}
    context = {
        "form": form,
        "outlets": known_outlets(),
        "limits": limits,
        "words": settings.MAX_WORDS,
        "lost": [file.name for file in request.FILES.getlist("files")],
    }
    return render(request, "ingest/upload.html", context, status=status)


@require_safe
@needs(Verb.READ)
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The files of one batch. With ``seen`` (stages as the page shows them) only what changed since is answered."""
    found = get_object_or_404(Batch.objects.select_related("by"), public_id=public_id)
    if "seen" in request.GET and request.headers.get("HX-Request"):
        return show_changes(request, found)
    return show_batch(request, found)


def show_batch(request: HttpRequest, batch: Batch, status: int = 200) -> HttpResponse:
    now = progress.progress_of(batch)
    rows = Paginator(progress.in_reading_order(batch, over=now.over), FILES_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {"batch": batch, "progress": now, "page": page, "rows": mark_hidden(page, request.user)}
    return render(request, "ingest/batch.html", context, status=status)


def show_changes(request: HttpRequest, batch: Batch) -> HttpResponse:
    """The rows that changed; the whole list once all is over, or where a file was opened and has parts to show."""
    now = progress.progress_of(batch)
    seen = progress.seen_stages(request.GET["seen"])
    rows = [] if now.over else mark_hidden(progress.rows_of(batch, seen), request.user)
    changed = [row for row in rows if row.stage != seen[row.pk]]
    context: dict[str, object] = {"batch": batch, "progress": now, "rows": rows, "changed": changed}
    if now.over or any(row.stage == Delivery.State.OPENED for row in changed):
        listed = Paginator(progress.in_reading_order(batch, over=now.over), FILES_A_PAGE)
        page = listed.get_page(request.GET.get("page"))
        context |= {"page": page, "rows": mark_hidden(page, request.user)}
    return render(request, "ingest/changes.html", context)


@require_safe
@needs(Verb.READ)
def ledger(request: HttpRequest) -> HttpResponse:
    """Every file that ever came, the newest first."""
    form = LedgerFilter(request.GET)
    asked = form.asked()
    page = Paginator(rows_of_ledger.listed(asked, request.user), settings.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": mark_hidden(page, request.user), "asked": asked, "form": form}
    return render(request, "ingest/ledger.html", context)


@require_safe
@needs(Verb.UPLOAD)
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, to be saved, never to be shown: they are a stranger's. Of a part, those of its file."""
    delivery = get_object_or_404(Delivery.objects.select_related("duplicate_of", "container__duplicate_of"), pk=pk)
    if not rows_of_ledger.may_see(delivery, request.user):
        raise PermissionDenied("These bytes are under embargo.")
    held_by = delivery.bytes_held_by
    if not held_by.raw and held_by.size:
        raise Http404("These bytes were not kept: the file was over the limit.")
    name = delivery.filename or f"pasted-text-{delivery.pk}.txt"
    headers = {"Content-Disposition": content_disposition_header(True, name), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(held_by.raw), content_type="application/octet-stream", headers=headers)
