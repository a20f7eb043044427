"""Who published a piece of copy; outlets are edited without one name for two, and merged and parted without loss."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Article, Outlet, OutletName
from claims.outlet_merging import merge_outlets, preview_of, undo_merge
from claims.outlets import OutletDraft, at_host, change_outlet, clean_domain, create_outlet, keys_of, named
from ingest.outlets import outlet_named, outlet_of
from ingest.wire.types import WireItem
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def made(chief: User, name: str, **about: Any) -> Outlet:
    return create_outlet(draft=OutletDraft(name, **about), by=chief)


def item(**about: Any) -> WireItem:
    return WireItem(**({"format": "html", "text": "Ferry burns\n\nA ferry burned off Turku."} | about))


def index_agrees() -> bool:
    """Every way to an outlet is in the index, and nothing else is."""
    rows = {(row.kind, row.key, row.outlet_id) for row in OutletName.objects.all()}
    return rows == {(*key, outlet.pk) for outlet in Outlet.objects.standing() for key in keys_of(outlet)}


def test_what_was_stated_comes_before_what_the_copy_says(chief: User) -> None:
    post = made(chief, "Harbour Post", aliases=("The HP",), domains=("https://www.Harbour-Post.example/news",))
    other = made(chief, "Quay Times", domains=("quay.example",))
    page = item(url="https://news.quay.example/1", outlet="Harbour Post", credits=("AP",))
    assert outlet_of(page, "the  hp") == post
    assert outlet_of(page, "") == other
    assert outlet_of(item(url="https://m.harbour-post.example/1"), " ") == post
    assert outlet_of(item(outlet="HARBOUR POST"), "") == post
    assert index_agrees()


def test_none_rather_than_a_guess(chief: User) -> None:
    made(chief, "Harbour Post", domains=("harbour-post.example",))
    assert outlet_of(item(), "") is None
    assert outlet_of(item(url="https://unknown.example/1", credits=("AP",), bylines=("Aino Salmela",)), "") is None
    assert outlet_of(item(url="https://harbour-post.example.evil.test/", outlet="Harbour Post"), "") is None
    assert outlet_of(item(outlet="—", url="nonsense://[::1"), "…") is None
    assert outlet_of(item(credits=("AP",)), "") is None
    assert outlet_of(item(format="ninjs", credits=("AP and Reuters",)), "") is None
    fresh = outlet_of(item(outlet="Skerry Gazette", url="https://skerry.example/"), "")
    assert fresh is not None and (fresh.name, fresh.domains) == ("Skerry Gazette", [])


def test_an_agencys_own_file_is_the_agencys() -> None:
    found = outlet_of(item(format="newsml-g2", credits=("Agence France-Presse",)), "")
    assert found is not None and (found.name, found.kind) == ("AFP", "agency")
    assert outlet_of(item(format="ninjs", bylines=("Reuters",)), "") == outlet_named("Thomson Reuters")


def test_the_desks_list_is_taken_up_once_and_never_over_what_people_wrote(chief: User) -> None:
    bbc = outlet_of(item(url="https://www.bbc.co.uk/news/1"), "")
    assert bbc is not None and (bbc.name, bbc.house) == ("BBC", "BBC")
    assert outlet_named("BBC World Service") == bbc == at_host("feeds.bbc.com")
    guardian = outlet_named("The Guardian")
    assert guardian is not None
    assert {outlet.name for outlet in guardian.carries.all()} == {"AFP", "AP", "PA", "Reuters"}
    change_outlet(outlet=bbc, draft=OutletDraft("Beeb", domains=("bbc.co.uk",)), by=chief, seen=0)
    assert at_host("bbc.com") is None and outlet_of(item(url="https://bbc.com/1"), "") is None
    assert outlet_named("BBC News") != bbc
    own = made(chief, "Le Monde", aliases=("Monde",))
    assert outlet_of(item(url="https://www.lemonde.fr/1"), "") is None
    own.refresh_from_db()
    assert (own.aliases, own.domains) == (["Monde"], [])
    assert index_agrees()


@pytest.mark.django_db(transaction=True)
def test_workers_that_meet_an_outlet_at_once_make_one() -> None:
    found: list[Outlet | None] = []

    def work(name: str) -> None:
        for stated in (name, "Skerry Gazette"):
            found.append(outlet_named(stated))
        connection.close()

    threads = [threading.Thread(target=work, args=[name]) for name in ("The Guardian", "Guardian News & Media") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 12
    names = set(Outlet.objects.values_list("name", flat=True))
    assert names == {"The Guardian", "Skerry Gazette", "AFP", "AP", "PA", "Reuters"}
    assert index_agrees()


def test_finding_asks_the_index_however_many_outlets_there_are(
    chief: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made(chief, "Harbour Post", aliases=("HP",), domains=("hp.example",))
    for number in range(30):
        outlet_named(f"Gazette {number}")
    with django_assert_num_queries(1):
        assert outlet_named("hp") is not None
    with django_assert_num_queries(1):
        assert outlet_of(item(url="https://a.b.c.hp.example/"), "") is not None


def test_one_name_for_two_is_refused_with_whose_it_is(chief: User) -> None:
    post, other = made(chief, "Harbour Post", aliases=("HP",), domains=("hp.example",)), made(chief, "Quay Times")
    for draft, field in (
        (OutletDraft("Quay Times", aliases=("the hp",)), "aliases"),
        (OutletDraft("Quay Times", aliases=("Harbour Post",)), "aliases"),
        (OutletDraft("Quay Times", domains=("www.hp.example",)), "domains"),
        (OutletDraft("HARBOUR POST"), "name"),
        (OutletDraft("Harbour Post"), "name"),
        (OutletDraft("  "), "name"),
        (OutletDraft("Quay Times", domains=("co.uk",)), "domains"),
        (OutletDraft("Quay Times", carries=(other,)), "carries"),
        (OutletDraft("Quay Times", parent=other), "parent"),
    ):
        with pytest.raises(Incomplete) as caught:
            change_outlet(outlet=other, draft=draft, by=chief, seen=0)
        assert caught.value.field == field
    with pytest.raises(Incomplete, match="already leads to Harbour Post"):
        made(chief, "Third", aliases=("hp",))
    other.refresh_from_db()
    assert (other.name, other.aliases, other.seen) == ("Quay Times", [], 0)
    assert not Outlet.objects.filter(name="Third").exists()
    assert named("hp") == post
    assert index_agrees()


def test_a_change_made_meanwhile_is_not_overwritten(chief: User) -> None:
    post = made(chief, "Harbour Post", aliases=("HP",))
    change_outlet(outlet=post, draft=OutletDraft("Harbour Post", aliases=("HP", "hp", "H. Post")), by=chief, seen=0)
    assert (post.aliases, post.seen) == (["HP", "H. Post"], 1)
    with pytest.raises(Stale):
        change_outlet(outlet=post, draft=OutletDraft("Harbour Post"), by=chief, seen=0)
    with pytest.raises(NotAllowed):
        change_outlet(outlet=post, draft=OutletDraft("Harbour Post"), by=UserFactory(role="editor"), seen=1)
    assert named("H. Post") == post


@pytest.mark.parametrize("words", ["", "com", "localhost", "co.uk", "com.au", "a b.example", "127.0.0.1", "-x.example"])
def test_what_is_no_domain_of_ones_own_is_refused(words: str) -> None:
    with pytest.raises(Incomplete):
        clean_domain(words)


def test_domains_are_kept_plain() -> None:
    given = ["HTTPS://www.Zürich-Blatt.example:443/a?b", "hp.example.", "//m.hp.example/x"]
    assert list(map(clean_domain, given)) == ["xn--zrich-blatt-thb.example", "hp.example", "m.hp.example"]


def test_two_outlets_become_one_and_two_again(chief: User) -> None:
    agency, group = made(chief, "Coast Wire", kind="agency"), made(chief, "Quay Group")
    kept = made(chief, "United Herald", domains=("herald.example",))
    gone = made(chief, "U. Herald", aliases=("UH",), domains=("uh.example",), carries=(agency,), parent=group)
    child, articles = made(chief, "Herald on Sunday", parent=gone), ArticleFactory.create_batch(3, outlet=gone)
    before = ArticleFactory(outlet=kept)
    seen = preview_of(gone, kept)
    assert {words: number for number, words in seen.moves} == {"articles": 3, "outlets": 1}
    assert seen.added == {"aliases": ["U. Herald", "UH"], "credit_lines": [], "domains": ["uh.example"]}
    merge = merge_outlets(outlet=gone, into=kept, by=chief, seen=0)
    assert {outlet_named("u. herald"), at_host("uh.example"), outlet_named("UH")} == {kept}
    assert Article.objects.filter(outlet=kept).count() == 4
    child.refresh_from_db()
    assert child.parent == kept and list(kept.carries.all()) == [agency]
    assert index_agrees()
    later = ArticleFactory(outlet=outlet_named("UH"))
    undo_merge(merge=merge, by=chief)
    gone.refresh_from_db()
    child.refresh_from_db()
    assert (gone.merged_into, gone.parent, child.parent) == (None, group, gone)
    assert set(Article.objects.filter(outlet=gone)) == set(articles)
    assert set(Article.objects.filter(outlet=kept)) == {before, later}
    assert named("UH") == at_host("uh.example") == gone and not kept.carries.exists()
    assert index_agrees()
    kinds = [row.kind for row in Activity.objects.filter(kind__startswith="outlets ").order_by("pk")]
    assert kinds == ["outlets merged", "outlets parted"]


def test_a_merge_that_cannot_be_done_or_undone_changes_nothing(chief: User) -> None:
    first, second, third = made(chief, "Herald"), made(chief, "The U. Herald", aliases=("UH",)), made(chief, "Bugle")
    with pytest.raises(Incomplete):
        merge_outlets(outlet=first, into=first, by=chief, seen=0)
    with pytest.raises(Stale):
        merge_outlets(outlet=second, into=first, by=chief, seen=7)
    merge = merge_outlets(outlet=second, into=first, by=chief, seen=0)
    for outlet, into in ((second, third), (third, second)):
        with pytest.raises(Stale):
            merge_outlets(outlet=outlet, into=into, by=chief, seen=Outlet.objects.get(pk=outlet.pk).seen)
    first.refresh_from_db()
    further = merge_outlets(outlet=first, into=third, by=chief, seen=first.seen)
    assert outlet_named("UH") == third
    with pytest.raises(Incomplete, match="Undo that merge first"):
        undo_merge(merge=merge, by=chief)
    assert outlet_named("UH") == third and index_agrees()
    undo_merge(merge=further, by=chief)
    first.refresh_from_db()
    draft = OutletDraft("Herald", aliases=("The U. Herald",))
    change_outlet(outlet=first, draft=draft, by=chief, seen=first.seen)
    third.refresh_from_db()
    change_outlet(outlet=third, draft=OutletDraft("Bugle", aliases=("uh",)), by=chief, seen=third.seen)
    merge.refresh_from_db()
    with pytest.raises(Incomplete, match="“uh” now leads to Bugle"):
        undo_merge(merge=merge, by=chief)
    assert Outlet.objects.get(pk=second.pk).merged_into == first and index_agrees()
