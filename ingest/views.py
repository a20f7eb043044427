"""Intake pages: upload, the progress of a batch, the ledger."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.access import needs
from claims.errors import Incomplete, Stale
from claims.permissions import Verb
from ingest import progress
from ingest import retry as acts
from ingest.forms import LedgerFilter, UploadForm, known_outlets
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
        return show_upload(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            batch = receive(
                form.incoming(),
                by=cast(User, request.user),
                outlet_name=form.cleaned_data["outlet"],
                published=form.cleaned_data["published"],
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
    context = {"batch": batch, "progress": now, "page": page, "rows": page.object_list}
    return render(request, "ingest/batch.html", context, status=status)


def show_changes(request: HttpRequest, batch: Batch) -> HttpResponse:
    now = progress.progress_of(batch)
    if now.over:
        page = Paginator(progress.in_reading_order(batch, over=True), FILES_A_PAGE).get_page(request.GET.get("page"))
        return render(request, "ingest/changes.html", {"batch": batch, "progress": now, "page": page, "rows": page})
    seen = progress.seen_stages(request.GET["seen"])
    rows = progress.rows_of(batch, seen)
    changed = [row for row in rows if row.stage != seen[row.pk]]
    return render(request, "ingest/changes.html", {"batch": batch, "progress": now, "rows": rows, "changed": changed})


@require_safe
@needs(Verb.READ)
def ledger(request: HttpRequest) -> HttpResponse:
    """Every file that ever came, the newest first."""
    form = LedgerFilter(request.GET)
    stage = form.cleaned_data["stage"] if form.is_valid() else ""
    page = Paginator(of_stage(stage).order_by("-pk"), settings.PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "ingest/ledger.html", {"page": page, "stage": stage, "stages": LedgerFilter.STAGES})


def of_stage(stage: str) -> QuerySet[Delivery]:
    rows = Delivery.objects.all()
    if stage == "under_way":
        rows = rows.under_way()
    elif stage == "trouble":
        rows = rows.in_trouble()
    elif stage:
        rows = rows.filter(state=stage)
    return rows.for_rows()


@require_safe
@needs(Verb.UPLOAD)
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, to be saved, never to be shown: they are a stranger's."""
    delivery = get_object_or_404(Delivery.objects.select_related("duplicate_of"), pk=pk)
    held_by = delivery.duplicate_of or delivery
    if not held_by.raw and held_by.size:
        raise Http404("These bytes were not kept: the file was over the limit.")
    name = delivery.filename or f"pasted-text-{delivery.pk}.txt"
    headers = {"Content-Disposition": content_disposition_header(True, name), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(held_by.raw), content_type="application/octet-stream", headers=headers)


@require_POST
@needs(Verb.UPLOAD)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed file again, and go to its batch; 409 with the batch as it stands where it is not failed any more."""
    delivery = get_object_or_404(Delivery.objects.select_related("batch", "version").defer("raw"), pk=pk)
    try:
        acts.retry(delivery, by=cast(User, request.user))
    except Stale as error:
        messages.warning(request, str(error))
        return show_batch(request, delivery.batch, status=409)
    return SeeOther(delivery.batch.get_absolute_url())
