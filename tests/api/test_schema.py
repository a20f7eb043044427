"""The OpenAPI description is complete, and what the desk answers is what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import jsonschema
import pytest
import yaml
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from claims import verdicts
from claims.models import Claim
from tests.api.conftest import Published
from tests.factories import BatchFactory, DeliveryFactory, FigureFactory

WithToken = Callable[[User], Client]
READS = ("verdicts", "claims", "events", "speakers", "articles", "deliveries", "changes")


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """As the command prints it, which fails on any warning."""
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    read: dict[str, Any] = yaml.safe_load(out.getvalue())
    return read


@pytest.fixture
def sender(with_token: WithToken, editor: User) -> Client:
    return with_token(editor)


@pytest.fixture
def full_desk(published: Published, editor: User, chief: User) -> None:
    """A row of every kind, with and without each thing that may be missing."""
    first, _ = published(2)
    claim = Claim.objects.get(pk=first.claim_id)
    verdicts.withdraw(claim=claim, reason="The source took it back.", by=chief, seen=claim.seen)
    FigureFactory(low=None, high=None, claim__speaker=None)
    first_copy = DeliveryFactory(batch__by=editor, state="loaded", version=claim.version)
    DeliveryFactory(batch=BatchFactory(by=editor), state="duplicate", duplicate_of=first_copy, reason="The same bytes.")


def check(description: dict[str, Any], path: str, code: int, answer: object, method: str = "get") -> None:
    shape = description["paths"][path][method]["responses"][str(code)]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator(
        {**shape, "components": strict(description["components"])}, format_checker=jsonschema.FormatChecker()
    ).validate(answer)


def strict(node: Any) -> Any:
    """The same description, in which an object may hold nothing that it does not name."""
    if isinstance(node, list):
        return [strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: strict(value) for key, value in node.items()}
    return kept | {"additionalProperties": False} if isinstance(kept.get("properties"), dict) else kept


@pytest.mark.parametrize("kind", READS)
def test_lists_and_rows_are_as_described(
    kind: str, description: dict[str, Any], sender: Client, full_desk: None
) -> None:
    answer = sender.get(f"/api/v1/{kind}/").json()
    assert answer["results"]
    check(description, f"/api/v1/{kind}/", 200, answer)
    for row in answer["results"] if kind != "changes" else ():
        path = next(path for path in description["paths"] if path.startswith(f"/api/v1/{kind}/{{"))
        check(description, path, 200, sender.get(row["url"]).json())


def test_uploads_are_as_described(description: dict[str, Any], sender: Client) -> None:
    response = sender.post("/api/v1/uploads/", {"text": "A shed burned down."})
    check(description, "/api/v1/uploads/", 202, response.json(), "post")
    check(description, "/api/v1/uploads/{public_id}/", 200, sender.get(response["Location"]).json())
    check(description, "/api/v1/uploads/", 422, sender.post("/api/v1/uploads/", {}).json(), "post")


@pytest.mark.parametrize(
    ("path", "query", "code"), [("verdicts", "?x=1", 400), ("claims", "?cursor=x", 404), ("changes", "?after=x", 400)]
)
def test_refusals_are_as_described(
    path: str, query: str, code: int, description: dict[str, Any], program: Client
) -> None:
    response = program.get(f"/api/v1/{path}/{query}")
    assert response.status_code == code
    check(description, f"/api/v1/{path}/", code, response.json())


def test_what_is_no_answer_of_ours_does_not_pass(description: dict[str, Any], program: Client, full_desk: None) -> None:
    answer = program.get("/api/v1/verdicts/").json()
    answer["results"][0]["rating"] = "false"
    with pytest.raises(jsonschema.ValidationError):
        check(description, "/api/v1/verdicts/", 200, answer)
    with pytest.raises(jsonschema.ValidationError):
        check(description, "/api/v1/verdicts/", 200, answer | {"results": [{}]})


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_operation_says_what_it_refuses_and_asks_for_a_token(description: dict[str, Any]) -> None:
    for path, method, operation in operations(description):
        if path != "/api/v1/schema/":
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), (path, method)
        assert {"token": []} in operation["security"], (path, method)


def test_every_parameter_is_explained(description: dict[str, Any]) -> None:
    for path, _, operation in operations(description):
        for parameter in operation.get("parameters", ()):
            if path != "/api/v1/schema/" and parameter["in"] == "query":
                assert parameter.get("description"), (path, parameter["name"])
                assert parameter["schema"].get("type"), (path, parameter["name"])


@pytest.mark.parametrize(("accept", "kind"), [("application/json", "json"), ("*/*", "openapi")])
def test_the_description_is_served_to_who_may_pull(accept: str, kind: str, program: Client) -> None:
    response = program.get("/api/v1/schema/", headers={"accept": accept})
    assert response.status_code == 200
    assert kind in response["Content-Type"]


def test_the_page_has_no_inline_script_or_style_and_keeps_the_policy(editor: User) -> None:
    browser = Client()
    browser.force_login(editor)
    page = browser.get("/api/v1/docs/")
    html = page.content.decode()
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    assert "<style" not in html
    assert html.count("<script ") == html.count("<script src=") == 3
    assert "http" not in html
