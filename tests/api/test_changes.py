"""A client that polls keeps its copy in step, whatever happens between two questions."""

from __future__ import annotations

import random

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import verdicts
from claims.models import Claim, Verdict, VerdictEntry
from claims.verdicts import Exhibit
from tests.api.conftest import Published, full_claim
from tests.factories import VerdictFactory

CHANGES = "/api/v1/changes/"
MOST_ROUNDS = 100
FOR = [Exhibit("for", note="The register")]


class Copy:
    """What a client keeps: the faces by id, and the number to ask after."""

    def __init__(self, program: Client, size: int = 2) -> None:
        self.program, self.next = program, f"{CHANGES}?page_size={size}"
        self.faces: dict[str, object] = {}
        self.rounds = 0

    def poll(self, most: int = MOST_ROUNDS) -> None:
        for _ in range(most):
            answer = self.program.get(self.next).json()
            self.rounds += 1
            for change in answer["results"]:
                self.faces[change["id"]] = change["verdict"]
                if change["verdict"] is None:
                    del self.faces[change["id"]]
            self.next = answer["next"]
            if not answer["more"]:
                return


def desk_has(program: Client) -> dict[str, object]:
    rows = program.get("/api/v1/verdicts/?page_size=200").json()["results"]
    return {row["id"]: row for row in rows}


def act(what: str, verdict: Verdict, author: User, chief: User) -> None:
    claim = Claim.objects.get(pk=verdict.claim_id)
    seen = {"claim": claim, "seen": claim.seen}
    if what == "publish":
        verdicts.record_verdict(rating="disputed", reason="Two numbers.", evidence=FOR, by=author, **seen)
    elif what == "await":
        verdicts.record_verdict(rating="corroborated", reason="They agree.", evidence=FOR, by=author, **seen)
    elif what == "sign":
        verdicts.sign_off(by=chief, **seen)
    elif what == "send back":
        verdicts.send_back(by=chief, reason="Call the harbour office too.", **seen)
    elif what == "reopen":
        verdicts.reopen(by=author, reason="A new number came.", **seen)
    else:
        verdicts.withdraw(by=chief, reason="The source took it back.", **seen)


ACTS = {
    "ruled": ("publish", "await", "reopen", "withdraw"),
    "awaiting": ("sign", "send back", "publish"),
    "in_review": ("publish", "await"),
}


@pytest.mark.parametrize("seed", range(4))
def test_a_poller_never_misses_a_change(seed: int, program: Client, reviewer: User, chief: User) -> None:
    chance = random.Random(seed)  # noqa: S311  # a walk, not a secret
    ruled = [VerdictFactory(claim=full_claim(), author=reviewer, evidence=FOR) for _ in range(5)]
    copy = Copy(program)
    for _ in range(40):
        verdict = chance.choice(ruled)
        state = Claim.objects.get(pk=verdict.claim_id).state
        act(chance.choice(ACTS[state]), verdict, reviewer, chief)
        if chance.random() < 0.3:
            copy.poll(most=1)
    copy.poll()
    assert copy.faces == desk_has(program)


def test_each_verdict_comes_once_with_its_last_change(program: Client, published: Published, reviewer: User) -> None:
    first, second = published(2)
    act("publish", first, reviewer, reviewer)
    answer = program.get(CHANGES).json()
    assert [row["id"] for row in answer["results"]] == [str(second.public_id), str(first.public_id)]
    last = VerdictEntry.objects.order_by("pk").last()
    assert (answer["after"], answer["more"]) == (last.pk, False)
    assert program.get(answer["next"]).json() == answer | {"results": []}


def test_a_verdict_that_nobody_published_has_no_change(program: Client, reviewer: User) -> None:
    VerdictFactory(claim=full_claim(), rating="corroborated", author=reviewer)
    assert program.get(CHANGES).json()["results"] == []


def test_withdrawing_tells_to_drop_it(program: Client, published: Published, chief: User) -> None:
    (verdict,) = published()
    copy = Copy(program)
    copy.poll()
    act("withdraw", verdict, chief, chief)
    copy.poll()
    assert copy.faces == {}


def test_taking_up_again_shows_as_under_revision(program: Client, published: Published, reviewer: User) -> None:
    (verdict,) = published()
    copy = Copy(program)
    copy.poll()
    act("reopen", verdict, reviewer, reviewer)
    copy.poll()
    assert [face["under_revision"] for face in copy.faces.values()] == [True]


def test_pages_of_one_cost_as_many_rounds_as_rows(program: Client, published: Published) -> None:
    published(5)
    copy = Copy(program, size=1)
    copy.poll()
    assert (len(copy.faces), copy.rounds) == (5, 5)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("after=x", "after"), ("after=-1", "after"), ("after=", "after"), (f"after={10**30}", "after"),
        ("after=1&after=2", "after"), ("page_size=0", "page_size"), ("page_size=9999", "page_size"),
        ("rating=disputed", "rating"),
    ],
)  # fmt: skip
def test_a_question_that_is_not_understood_is_refused(query: str, field: str, program: Client) -> None:
    response = program.get(f"{CHANGES}?{query}")
    assert (response.status_code, response.json()["field"]) == (400, field)
    assert response.json()["detail"]
