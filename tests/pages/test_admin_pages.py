"""The admin shows staff every kind of row, and changes none that only an act may change."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.admin.sites import site
from django.contrib.auth.models import User
from django.db.models import Model

from claims.models import Activity, Claim, Verdict
from tests.conftest import AsUser
from tests.factories import DeliveryFactory, UserFactory
from tests.pages.rows import full_claim, long_version

pytestmark = pytest.mark.django_db
OURS = sorted((m for m in site._registry if m._meta.app_label in ("claims", "ingest")), key=lambda m: m.__name__)
ACTED_ON = {
    "Claim",
    "Event",
    "Link",
    "Verdict",
    "VerdictEntry",
    "Activity",
    "Article",
    "ArticleVersion",
    "Delivery",
    "Batch",
    "Outlet",
}


@pytest.fixture
def boss(db: None) -> User:
    return UserFactory(username="boss", is_staff=True, is_superuser=True)


def test_every_model_is_there() -> None:
    assert {model.__name__ for model in OURS} >= ACTED_ON | {"Outlet", "Speaker", "Place", "Event"}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_lists_search_and_rows_open(as_user: AsUser, boss: User, model: type[Model]) -> None:
    full_claim(long_version(1), 1)
    delivery = DeliveryFactory(raw=b"SECRET-BYTES", size=12)
    Activity.objects.get_or_create(kind="loaded")
    browser, base = as_user(boss), f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    assert browser.get(base).status_code == 200
    assert browser.get(base, {"q": "quay"}).status_code == 200
    row = model._default_manager.first()
    assert row is not None
    page = browser.get(f"{base}{row.pk}/change/")
    assert page.status_code == 200
    assert b"SECRET-BYTES" not in page.content
    assert delivery.raw == b"SECRET-BYTES"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_what_acts_write_cannot_be_edited(as_user: AsUser, boss: User, model: type[Model]) -> None:
    full_claim(long_version(1), 1)
    DeliveryFactory()
    row = model._default_manager.first()
    assert row is not None
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    statuses = [
        as_user(boss).post(f"{base}{path}", {}).status_code
        for path in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/")
    ]
    if model.__name__ in ACTED_ON:
        assert statuses == [403, 403, 403]
    else:
        assert 200 in statuses
    assert Claim.objects.exists() and Verdict.objects.exists()


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_state_of_review_is_no_field_of_any_form(rf: object, boss: User, model: type[Model]) -> None:
    desk: admin.ModelAdmin[Model] = site._registry[model]
    request = rf.get("/admin/")  # type: ignore[attr-defined]
    request.user = boss
    editable = set(desk.get_form(request)().fields) if desk.has_change_permission(request) else set()
    assert not editable & {"state", "rating", "seen", "touched", "published", "raw", "work", "matched", "created_by"}


@pytest.mark.parametrize("person", ["editor", "reviewer", "client_account", "stranger"])
def test_others_are_sent_away(request: pytest.FixtureRequest, as_user: AsUser, person: str) -> None:
    assert as_user(request.getfixturevalue(person)).get("/admin/").status_code == 302
