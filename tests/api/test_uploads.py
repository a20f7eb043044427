"""Copy comes in over the door of programs; every refusal says what was wrong, and then nothing was taken."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from ingest.models import Batch, Delivery
from tests.factories import ArticleVersionFactory, ClaimFactory, DeliveryFactory

UPLOADS = "/api/v1/uploads/"
COPY = b"Shed burns at the pier\n\nA shed burned down on Monday, the harbour office said.\n"
WithToken = Callable[[User], Client]


@pytest.fixture
def sender(with_token: WithToken, editor: User) -> Client:
    return with_token(editor)


def file(name: str = "pier.txt", raw: bytes = COPY) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def send(sender: Client, told: object) -> tuple[int, dict]:
    response = sender.post(UPLOADS, json.dumps(told), content_type="application/json")
    return response.status_code, response.json()


def test_files_are_taken_and_can_be_followed(sender: Client) -> None:
    told = {
        "files": [file(), file("quay.txt", COPY + b"More.\n")],
        "outlet": "Quay Times",
        "published": "2024-05-14T10:00:00+02:00",
    }
    response = sender.post(UPLOADS, told)
    answer = response.json()
    assert response.status_code == 202
    assert response["Location"] == answer["url"]
    assert (answer["outlet"], answer["published"], answer["settled"]) == ("Quay Times", "2024-05-14T08:00:00Z", False)
    assert [(row["filename"], row["state"]) for row in answer["deliveries"]] == [
        ("pier.txt", "received"),
        ("quay.txt", "received"),
    ]
    assert sender.get(answer["url"]).json() == answer
    assert sender.get(answer["deliveries"][0]["url"]).json() == answer["deliveries"][0]
    assert bytes(Delivery.objects.get(filename="pier.txt").raw) == COPY


def test_text_is_taken_byte_for_byte(sender: Client) -> None:
    code, answer = send(sender, {"text": "  Feuer am Kai – zwölf Tote\n", "filename": "kai.txt"})
    delivery = Delivery.objects.get()
    assert (code, delivery.filename, answer["deliveries"][0]["size"]) == (202, "kai.txt", delivery.size)
    assert bytes(delivery.raw).decode() == "  Feuer am Kai – zwölf Tote\n"


def test_the_same_bytes_again_name_the_first(sender: Client) -> None:
    first = sender.post(UPLOADS, {"files": [file()]}).json()["deliveries"][0]
    second = sender.post(UPLOADS, {"files": [file("copy.txt")]}).json()
    (row,) = second["deliveries"]
    assert (row["state"], row["duplicate_of"], second["settled"]) == ("duplicate", first["id"], True)
    assert "pier.txt" in row["reason"]


def test_a_done_delivery_names_its_article_and_its_claims(sender: Client, editor: User) -> None:
    version = ArticleVersionFactory()
    ClaimFactory(version=version)
    ClaimFactory(version=version)
    delivery = DeliveryFactory(batch__by=editor, state="loaded", version=version)
    row = sender.get(f"/api/v1/deliveries/{delivery.pk}/").json()
    assert (row["state"], row["settled"], row["article"], row["claims"]) == ("done", True, version.article_id, 2)


@pytest.mark.parametrize(
    ("state", "work", "stage"),
    [("received", None, "received"), ("reading", None, "reading"), ("rejected", None, "rejected"),
     ("failed", None, "failed"), ("loaded", "waiting", "extracting"), ("loaded", "extracting", "extracting"),
     ("loaded", "done", "done"), ("loaded", "failed", "failed")],
)  # fmt: skip
def test_deliveries_by_state(state: str, work: str | None, stage: str, sender: Client, editor: User) -> None:
    version = ArticleVersionFactory(work=work) if work else None
    delivery = DeliveryFactory(batch__by=editor, state=state, version=version)
    for asked in ("received", "reading", "extracting", "done", "duplicate", "rejected", "failed"):
        rows = sender.get(f"/api/v1/deliveries/?state={asked}&batch={delivery.batch.public_id}").json()["results"]
        assert [row["state"] for row in rows] == ([stage] if asked == stage else [])


def test_uploads_of_others_are_not_there(sender: Client, chief: User, with_token: WithToken) -> None:
    theirs = DeliveryFactory(batch__by=chief)
    assert sender.get("/api/v1/deliveries/").json()["results"] == []
    for address in (f"/api/v1/deliveries/{theirs.pk}/", f"{UPLOADS}{theirs.batch.public_id}/"):
        assert sender.get(address).status_code == 404
        assert with_token(chief).get(address).status_code == 200


REFUSED: list[tuple[object, str]] = [
    ({}, "files"),
    ([], ""),
    ({"text": "Copy", "published": "soon"}, "published"),
    ({"text": "Copy", "outlet": "x" * 201}, "outlet"),
    ({"text": "Copy", "outlet": "Quay\u0000Times"}, "outlet"),
    ({"text": "Copy", "filename": "x" * 256}, "filename"),
    ({"text": ""}, "text"),
    ({"text": "Copy \u0000"}, "text"),
    ({"text": "Copy \ud800"}, "text"),
    ({"text": "Copy", "titel": "x"}, "titel"),
    ({"text": {"a": 1}}, "text"),
]


@pytest.mark.parametrize(("told", "field"), REFUSED, ids=repr)
def test_what_is_wrong_is_named_and_nothing_is_taken(told: object, field: str, sender: Client) -> None:
    code, answer = send(sender, told)
    assert (code, answer["field"]) == (422, field)
    assert answer["detail"]
    assert not Batch.objects.exists()


def test_a_misnamed_file_is_not_lost_silently(sender: Client) -> None:
    response = sender.post(UPLOADS, {"files": [file()], "file": file("quay.txt")})
    assert (response.status_code, response.json()["field"]) == (422, "file")
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [("{", "application/json", 400), ("[" * 100_000, "application/json", 400), ("x", "text/plain", 415),
     ("text=Copy", "application/x-www-form-urlencoded", 415), ("x", "multipart/form-data", 400)],
    ids=["half", "deep", "plain", "urlencoded", "no boundary"],
)  # fmt: skip
def test_a_body_that_is_not_understood(body: str, kind: str, code: int, sender: Client) -> None:
    response = sender.post(UPLOADS, body, content_type=kind)
    assert (response.status_code, set(response.json())) == (code, {"detail", "field"})


def test_limits_have_words(sender: Client, settings: Settings) -> None:
    settings.MAX_FILE_BYTES, settings.MAX_UPLOAD_BYTES, settings.MAX_FILES = 100, 3_000, 3
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1_000, 5
    (row,) = sender.post(UPLOADS, {"files": [file(raw=b"x" * 101)]}).json()["deliveries"]
    assert (row["state"], row["size"]) == ("rejected", 101)
    for told, code in (
        ({"files": [file(raw=b"x" * 3_000)]}, 413),
        ({"files": [file(f"{n}.txt", b"%d" % n) for n in range(4)]}, 422),
        ({"files": [file(f"{n}.txt", b"%d" % n) for n in range(6)]}, 413),
        ({"text": "x" * 1_001}, 413),
    ):
        response = sender.post(UPLOADS, told)
        assert (response.status_code, set(response.json())) == (code, {"detail", "field"}), told
    assert send(sender, {"text": "x" * 1_001})[0] == 413
    assert Batch.objects.count() == 1


def test_a_session_needs_the_csrf_token(editor: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    assert browser.post(UPLOADS, {"text": "Copy"}).status_code == 403
    browser.get("/upload/")
    token = browser.cookies["csrftoken"].value
    assert browser.post(UPLOADS, {"text": "Copy"}, headers={"x-csrftoken": token}).status_code == 202


@pytest.mark.parametrize("who", ["reviewer", "client_account", "stranger"])
def test_who_may_not_upload_takes_nothing_in(who: str, request: pytest.FixtureRequest, with_token: WithToken) -> None:
    response = with_token(request.getfixturevalue(who)).post(UPLOADS, {"files": [file()]})
    assert (response.status_code, Batch.objects.count()) == (403, 0)
