"""Every page and endpoint lets in whom it should and refuses everybody else; a new one needs a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from knox.models import AuthToken

from claims import verdicts
from claims.models import Claim, Verdict
from claims.permissions import Role, Verb, may, visible_to
from claims.weighing import weigh
from ingest.models import Batch, Delivery
from tests import route_rows
from tests.factories import (
    ArticleVersionFactory,
    BatchFactory,
    ClaimFactory,
    DeliveryFactory,
    EventFactory,
    FigureFactory,
    ReuseFactory,
    UserFactory,
    VerdictFactory,
)
from tests.role_table import WHO, Line, lines

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {401, 403, 405}
OPEN = {"sign-in", "sign-out", "theme"}
NOT_STAFF = ("anonymous", "stranger", "chief")
WORDS = {"words": "The register says so.", "seen": "0"}
AsUser = Callable[[User], Client]
People = dict[str, Client]


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The names of all addresses outside Django's admin; one without a name comes as its pattern."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name or entry.pattern}"
        elif isinstance(entry, URLResolver) and entry.namespace != "admin":
            yield from addresses(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)


@pytest.fixture
def people(db: None, as_user: AsUser) -> People:
    """A browser for each column of the table. The API knows it by its session as well."""
    roles = {name: UserFactory(username=name, role=name if name in set(Role) else None) for name in WHO[1:]}
    browsers = {"anonymous": Client(), **{name: as_user(user) for name, user in roles.items()}}
    User.objects.filter(username="gone").update(is_active=False)
    User.objects.get(username="gone").groups.set(User.objects.get(username="chief").groups.all())
    return browsers


def ruled(rating: str) -> Claim:
    claim = FigureFactory().claim
    VerdictFactory(claim=claim, rating=rating)
    return Claim.objects.get(pk=claim.pk)


def delivery_for(name: str, batch: Batch) -> Delivery:
    """A file that stands where the act of that name can be done to it."""
    state = {"take": "duplicate", "delivery-story": "undecided", "split": "loaded"}.get(name, "failed")
    second = ArticleVersionFactory(article=ArticleVersionFactory().article) if name == "split" else None
    return DeliveryFactory(batch=batch, state=state, version=second)


def claim_for(name: str) -> Claim:
    """A claim that stands where the act of that name can be done to it."""
    if name in ("claim-sign-off", "claim-send-back"):
        return ruled("corroborated")
    if name in ("claim-reopen", "claim-withdraw", "claim-keep", "api-verdict-detail", "api-claim-detail"):
        claim = ruled("disputed")
        Verdict.objects.filter(claim=claim).update(stale=timezone.now() if name == "claim-keep" else None)
        return claim
    return route_rows.contested_claim() if name in route_rows.WITH_PROPOSAL else ClaimFactory()


def row_for(name: str) -> tuple[dict[str, object], dict[str, object]]:
    return route_rows.row_for(name) or row_of_review(name)


def row_of_review(name: str) -> tuple[dict[str, object], dict[str, object]]:
    """What the address of that name needs: the arguments in it, and a form that whoever may can send with success."""
    editor = User.objects.get(username="editor")
    claim = claim_for(name)
    held = ArticleVersionFactory(status="embargoed")
    batch = BatchFactory(by=editor)
    delivery = delivery_for(name, batch)
    event = EventFactory()
    verdict = Verdict.objects.filter(claim=claim).first()
    arguments: dict[str, dict[str, object]] = {
        "batch": {"public_id": batch.public_id},
        "api-upload": {"public_id": batch.public_id},
        "raw": {"pk": delivery.pk},
        **{act: {"pk": delivery.pk} for act in ("retry", "take", "delivery-story", "split")},
        "api-delivery-detail": {"pk": delivery.pk},
        "article": {"pk": claim.version.article_id},
        "api-article-detail": {"pk": claim.version.article_id},
        "api-article-copies": {"pk": claim.version.article_id},
        "embargo-lift": {"pk": held.article_id, "number": held.number},
        **{act: {"pk": event.pk} for act in ("event", "event-dismiss")},
        "api-event-detail": {"pk": event.pk},
        "api-event-board": {"pk": event.pk},
        "api-event-relations": {"pk": event.pk},
        "api-verdict-detail": {"public_id": verdict.public_id if verdict else ""},
    }
    on_claim = name.startswith(("claim-", "api-claim-d", "api-claim-p")) or name == "claim"
    form = WORDS | {
        "seen": claim.seen,
        "event": event.pk,
        "title": "Fire in a warehouse",
        "text": "A shed burned down.",
        "article": claim.version.article_id,
    }
    form |= {"proposal": weigh(claim).digest} if name in route_rows.WITH_PROPOSAL else {}
    form |= {"rating": "unverifiable", "reason": "Nobody else saw it."} if name == "claim-rule" else {}
    form = {"text": form["text"]} if name == "api-uploads" else form
    if name in ("reuse", "reuse-label"):
        pair = ReuseFactory()
        return {"pk": pair.pk}, {"seen": pair.seen, "label": "not", "reason": "Two reporters wrote these."}
    return arguments.get(name, {"pk": claim.pk} if on_claim else {}), form


def ask(browser: Client, method: str, address: str, form: dict[str, object]) -> Any:
    return browser.post(address, form) if method == "POST" else browser.generic(method, address)


def to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith((reverse("sign-in"), "/admin/login/"))


def rows_of_the_desk() -> dict[str, list[dict[str, Any]]]:
    models = [
        model for label in ("auth", "claims", "ingest", "knox") for model in apps.get_app_config(label).get_models()
    ]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def test_every_address_has_its_line() -> None:
    assert sorted(set(addresses())) == sorted({line.name for line in lines()})


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.method} {line.name}")
def test_the_table_holds(line: Line, people: People) -> None:
    expected = dict(zip(WHO, line.answers, strict=True))
    refused = [who for who in WHO if expected[who] in REFUSED | {302}]
    arguments, form = row_for(line.name)
    before = rows_of_the_desk()
    answers = {who: ask(people[who], line.method, reverse(line.name, kwargs=arguments), form) for who in refused}
    assert rows_of_the_desk() == before
    for who in set(WHO) - set(refused):
        arguments, form = row_for(line.name)
        answers[who] = ask(people[who], line.method, reverse(line.name, kwargs=arguments), form)
    assert {who: answers[who].status_code for who in WHO} == expected
    if line.name not in OPEN:
        assert all(to_sign_in(answers[who]) for who in refused if expected[who] == 302)


@pytest.mark.parametrize("name", sorted({line.name for line in lines()}))
def test_what_the_table_does_not_name_is_refused_to_everybody(name: str, people: People) -> None:
    named = {line.method for line in lines() if line.name == name}
    arguments, form = row_for(name)
    address = reverse(name, kwargs=arguments)
    before = rows_of_the_desk()
    for method in [method for method in METHODS if method not in named]:
        for who, browser in people.items():
            response = ask(browser, method, address, form)
            assert response.status_code in REFUSED or to_sign_in(response), (method, who, response.status_code)
    assert rows_of_the_desk() == before


@pytest.mark.parametrize("line", [line for line in lines() if line.name.startswith("api-")], ids=lambda line: line.name)
def test_a_token_opens_what_a_session_opens(line: Line, people: People) -> None:
    got = {"anonymous": 401}
    for who in WHO[1:]:
        arguments, form = row_for(line.name)
        token = AuthToken.objects.create(User.objects.get(username=who))[1]
        program = Client(headers={"authorization": f"Token {token}"})
        address = reverse(line.name, kwargs=arguments)
        got[who] = ask(program, line.method, address, form).status_code
    assert got == dict(zip(WHO, line.answers, strict=True))


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("active", [True, False])
def test_may_and_visible_to_agree(who: Role | None, active: bool, db: None) -> None:
    user = UserFactory(role=who, is_active=active)
    published, waiting, withdrawn = ruled("disputed").verdict, ruled("corroborated").verdict, ruled("disputed").verdict
    verdicts.withdraw(
        claim=withdrawn.claim,
        reason="The source took it back.",
        by=UserFactory(role=Role.CHIEF),
        seen=withdrawn.claim.seen,
    )
    for rows in (Verdict.objects.all(), Claim.objects.all(), EventFactory._meta.model.objects.all()):
        seen = set(visible_to(user, rows))
        assert seen == {row for row in rows if may(user, Verb.PULL, row)}
    expected = {published, waiting, withdrawn} if who not in (None, Role.CLIENT) else {published} if who else set()
    assert set(visible_to(user, Verdict.objects.all())) == (expected if active else set())


@pytest.mark.parametrize("role", list(Role))
def test_nobody_signs_off_on_their_own(role: Role, db: None) -> None:
    user = UserFactory(role=role)
    own = FigureFactory().claim
    verdict = VerdictFactory(claim=own, author=UserFactory(role=Role.REVIEWER))
    Verdict.objects.filter(pk=verdict.pk).update(author=user)
    assert not may(user, Verb.SIGN_OFF, Verdict.objects.get(pk=verdict.pk))


def admin_addresses(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Every path under Django's admin, with 1 for whatever it asks for."""
    for entry in patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from admin_addresses(entry.url_patterns, path)
        else:
            yield path


def admin_paths() -> list[str]:
    admin = next(entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "admin")
    plain = {"<path:object_id>": "1", "<path:content_type_id>": "1", "<id>": "1", "(?P<url>.*)$": "nothing/"}
    paths = []
    for path in admin_addresses(admin.url_patterns, "/admin/"):
        for words, value in plain.items():
            path = path.replace(words, value)
        paths.append(path.replace("^(?P<app_label>auth|knox|claims|ingest)/$", "claims/"))
    return [path for path in paths if path not in ("/admin/login/", "/admin/logout/")]


def test_the_admin_is_closed_to_whoever_is_not_staff(people: People) -> None:
    ArticleVersionFactory()
    before = rows_of_the_desk()
    assert len(admin_paths()) > 50
    for path in admin_paths():
        for who in NOT_STAFF:
            for method in ("GET", "POST"):
                assert to_sign_in(ask(people[who], method, path, {"post": "yes"})), (method, path, who)
    assert rows_of_the_desk() == before


@pytest.mark.filterwarnings("ignore:The default scheme will be changed")  # Django's form for the address of evidence
def test_staff_of_the_admin_reads_what_people_decided_and_changes_none_of_it(db: None, as_user: AsUser) -> None:
    claim = ruled("disputed")
    browser = as_user(UserFactory(is_staff=True, is_superuser=True))
    for name, pk in (("claim", claim.pk), ("verdict", claim.verdict.pk), ("verdictentry", claim.verdict.published_id)):
        address = f"/admin/claims/{name}/{pk}/change/"
        before = rows_of_the_desk()
        assert browser.get(address).status_code == 200
        assert browser.post(address, {"reason": "x", "state": "unreviewed"}).status_code == 403
        assert browser.post(f"/admin/claims/{name}/{pk}/delete/", {"post": "yes"}).status_code == 403
        assert browser.post(f"/admin/claims/{name}/add/", {"reason": "x"}).status_code == 403
        assert rows_of_the_desk() == before
