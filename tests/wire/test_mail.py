"""Mail: heads, bodies, threads, forwarded copy, attachments, mailboxes, and mail made to harm."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.wire.registry import read, read_all
from ingest.wire.types import WireError

COPY = (
    "LINDENAU, Germany (Reuters) - A warehouse fire killed three people on Monday, police said.\n\n"
    "The search goes on, the mayor said in a short telephone interview on Monday.\n\n"
    "-- \nReuters Alerts\nWrite to us at any time\n"
)
TEXT = (
    "Three killed in Lindenau warehouse fire\n\n"
    "A warehouse fire killed three people on Monday, police said.\n"
    "The search goes on, the mayor said in a short telephone interview on Monday."
)
NINJS = (
    b'{"uri": "urn:x:9", "type": "text", "headline": "Ferry sinks off Port Ellen",'
    b' "body_text": "A ferry sank off Port Ellen on Monday, the coast guard said."}'
)


def mail(subject: str = "Three killed in Lindenau warehouse fire", body: str = COPY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Reuters Alerts <alerts@reuters.example>"
    message["To"] = "desk@desk.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 03 May 2021 12:00:00 +0200"
    message["Message-ID"] = "<b@reuters.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_a_plain_mail() -> None:
    item = read(mail().as_bytes())
    assert item.format == "mail"
    assert item.text == TEXT
    assert item.wire_id == "b@reuters.example"
    assert item.published == item.version_created == datetime(2021, 5, 3, 10, 0, tzinfo=UTC)
    assert item.outlet == "Reuters"
    assert item.credits == ("Reuters",)
    assert item.dateline.place == "Lindenau"
    assert (item.status, item.change, item.version, item.derived_from) == ("usable", "", "", "")
    assert ("contact", "Reuters Alerts") in item.furniture
    assert item.warnings == ()


THREAD = {"References": "<a@reuters.example> <a2@reuters.example>"}
CHANGES = [
    ("UPDATE 2-Three killed in Lindenau warehouse fire", THREAD, "a@reuters.example", "usable", "update"),
    ("CORRECTION: Three killed in Lindenau warehouse fire", THREAD, "a@reuters.example", "corrected", "correction"),
    ("Re: Three killed in Lindenau warehouse fire", THREAD, "b@reuters.example", "usable", ""),
    ("Three killed in Lindenau warehouse fire", {"Supersedes": "<s@x>"}, "s@x", "usable", "update"),
    ("[desk-list] Fwd: Three killed in Lindenau warehouse fire", {}, "b@reuters.example", "usable", ""),
    ("Update on the warehouse fire in Lindenau", {}, "b@reuters.example", "usable", ""),
]


@pytest.mark.parametrize(("subject", "headers", "wire_id", "status", "change"), CHANGES)
def test_subjects_and_threads_make_versions(
    subject: str, headers: dict[str, str], wire_id: str, status: str, change: str
) -> None:
    item = read(mail(subject, **headers).as_bytes())
    assert (item.wire_id, item.status, item.change) == (wire_id, status, change)
    assert item.version == ("" if wire_id == "b@reuters.example" else "b@reuters.example")
    assert item.headline.endswith("Lindenau" if "Update on" in subject else "Lindenau warehouse fire")
    assert not item.headline.startswith(("Re:", "[", "UPDATE", "CORRECTION"))
    assert item.derived_from == ("a2@reuters.example" if subject.startswith("Re:") else "")


def test_a_kill_needs_no_copy() -> None:
    notice = mail("KILL: Three killed in Lindenau warehouse fire", "Please do not use this story.\n", **THREAD)
    item = read(notice.as_bytes())
    assert (item.text, item.status, item.wire_id) == ("", "killed", "a@reuters.example")
    assert item.change in ("kill", "recall")
    assert "Please do not use" in item.ed_note


def test_html_alone_and_html_behind_a_pointer_to_it() -> None:
    page = "<html><body><p>LINDENAU (Reuters) - A fire killed three people on Monday, police said.</p>" + (
        "<p>The search goes on, the mayor said, and nobody knows how long it is going to take.</p>" * 4
    )
    alone = mail()
    alone.set_content(page, subtype="html")
    assert "A fire killed three people on Monday" in read(alone.as_bytes()).text
    both = mail(body="View this mail in your browser.\n")
    both.add_alternative(page, subtype="html")
    assert "A fire killed three people on Monday" in read(both.as_bytes()).text
    text_first = mail()
    text_first.add_alternative("<p>Less</p>", subtype="html")
    assert read(text_first.as_bytes()).text == TEXT


def test_attachments_are_items_or_named() -> None:
    message = mail()
    message.add_attachment(NINJS, maintype="application", subtype="json", filename="ferry.json")
    message.add_attachment(b"\x89PNG\r\n\x1a\nxx", maintype="image", subtype="png", filename="fire.png")
    message.add_attachment("Görlitz is safe, the mayor said on Monday.", filename="note.txt", charset="iso-8859-1")
    message.add_attachment(b"PK\x03\x04abc", maintype="application", subtype="zip", filename="all.zip")
    held = read_all(message.as_bytes())
    assert [item.format for item in held.items] == ["mail", "ninjs", "text"]
    assert held.items[1].wire_id == "urn:x:9"
    assert held.items[1].outlet == "Reuters"
    assert held.items[2].text == "Görlitz is safe, the mayor said on Monday."
    assert held.left_out[0] == 'The attachment "fire.png" (image/png, 10 bytes) was left out: it is no copy.'
    assert held.left_out[1].startswith('The attachment "all.zip" (application/zip, 7 bytes) was left out. This is')


def test_text_that_goes_on_behind_a_picture_is_one_text() -> None:
    message = mail(body=COPY.partition("\n\n")[0])
    message.add_attachment(b"\x89PNG\r\n\x1a\nxx", maintype="image", subtype="png", filename="fire.png")
    message.attach(rest := EmailMessage())
    rest.set_content(COPY.partition("\n\n")[2])
    held = read_all(message.as_bytes())
    assert [item.text for item in held.items] == [TEXT]
    assert len(held.left_out) == 1


def test_a_mail_within_a_mail() -> None:
    outer = mail("Fwd: have a look", "See attached.\n", Reply_To="bo@desk.example")
    outer.add_attachment(mail("UPDATE 2-Three killed in Lindenau warehouse fire", **THREAD))
    held = read_all(outer.as_bytes())
    assert held.items[0].text == TEXT
    assert held.items[0].wire_id == "a@reuters.example"
    assert held.left_out[0].startswith("The text of the mail itself is no copy.")
    for _ in range(5):
        nested = mail("Fwd: have a look", "See attached.\n")
        nested.add_attachment(outer)
        outer = nested
    with pytest.raises(WireError, match="parts of this file is copy"):
        read_all(outer.as_bytes())


FORWARDS = [
    "---------- Forwarded message ---------\nFrom: Polar Press <wire@polar.example>\n"
    "Date: Mon, 3 May 2021 at 09:00 +0000\n"
    "Subject: Ferry sinks off Port Ellen\nTo: <desk@desk.example>\n\n\n{}",
    "-----Original Message-----\nFrom: Polar Press [mailto:wire@polar.example]\nSent: Monday, May 3, 2021 9:00 AM\n"
    "To: Desk\nSubject: Ferry sinks off Port Ellen\n\n{}",
    "Begin forwarded message:\n\n> From: Polar Press <wire@polar.example>\n> Subject: Ferry sinks off Port Ellen\n"
    "> Date: 3 May 2021 at 09:00:00 GMT\n> \n> {}",
]


@pytest.mark.parametrize("forward", FORWARDS)
def test_forwarded_copy_is_that_of_its_first_sender(forward: str) -> None:
    copy = "PORT ELLEN - A ferry sank off Port Ellen on Monday, the coast guard said."
    item = read(mail("Fwd: see below", "Can you look at this?\n\n" + forward.format(copy) + "\n").as_bytes())
    assert item.text == ("Ferry sinks off Port Ellen\n\nA ferry sank off Port Ellen on Monday, the coast guard said.")
    assert item.outlet == "Polar Press"
    assert item.published == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert ("note", "Can you look at this?") in item.furniture
    assert any("forwarded by Reuters Alerts" in warning for warning in item.warnings)
    assert item.wire_id == "b@reuters.example"


def raw_mail(headers: str, body: bytes) -> bytes:
    return f"From: A <a@b.example>\r\nMessage-ID: <1@b>\r\n{headers}\r\n\r\n".encode("latin-1") + body


LATIN = "Three people died in Görlitz on Monday – “all of them” in one house.".encode("cp1252")
CHARSETS = [
    ("Content-Type: text/plain; charset=windows-1252", LATIN, 0),
    ("Content-Type: text/plain; charset=iso-8859-1", LATIN, 0),
    ("Content-Type: text/plain; charset=utf-8", LATIN, 1),
    ("Content-Type: text/plain; charset=no-such-set", LATIN, 1),
    ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", base64.b64encode(LATIN), 1),
    ("Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable",
     LATIN.replace(b"\xf6", b"=F6").replace(b"\x96", b"=96").replace(b"\x93", b"=93").replace(b"\x94", b"=94"), 0),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "body", "wrong"), CHARSETS)
def test_charsets_right_and_wrong(headers: str, body: bytes, wrong: int) -> None:
    item = read(raw_mail(f"Subject: =?utf-8?q?Haus_in_G=C3=B6rlitz_in_Br=C3=A4nden?=\r\n{headers}", body))
    assert "died in Görlitz on Monday – “all of them”" in item.text
    assert item.headline == "Haus in Görlitz in Bränden"
    assert sum("which it is not" in warning for warning in item.warnings) == wrong


def test_headers_that_are_missing_or_raw() -> None:
    item = read(raw_mail("Subject: Fire in G\xf6rlitz kills three", LATIN))
    assert item.headline == "Fire in Görlitz kills three"
    assert any("does not say when it was sent" in warning for warning in item.warnings)
    bare = read(b"From: a@b.example\nTo: c@d.example\nReceived: by x\n\nThree people died in a fire on Monday.\n")
    said = " ".join(bare.warnings)
    assert "no Message-Id" in said
    assert "no subject" in said
    flowed = "Content-Type: text/plain; format=flowed"
    assert "died in a fire" in read(raw_mail(flowed, b"Three people died in \r\na fire on Monday.")).text


def test_a_mailbox() -> None:
    opening = b"From a@b.example Mon May  3 12:00:00 2021\n"
    second = mail("Ferry sinks off Port Ellen", "From the harbour, a ferry sank on Monday, they said.\n").as_bytes()
    quoted = second.replace(b"\nFrom the", b"\n>From the")
    held = read_all(opening + mail().as_bytes() + b"\n" + opening + quoted + b"\n")
    assert [item.headline for item in held.items] == [TEXT.partition("\n")[0], "Ferry sinks off Port Ellen"]
    assert held.items[1].text.endswith("From the harbour, a ferry sank on Monday, they said.")


def test_plain_copy_is_not_taken_for_mail() -> None:
    assert read(b"Subject: a ferry\nDate: Monday\n\nThree people died in a fire on Monday.").format == "text"
    assert read(b"From Oslo, a ferry sailed on Monday with three people aboard.").format == "text"


MIXED = b"From: a@b\nMessage-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
HOSTILE = [
    (
        b"From: a@b\nMessage-ID: <1@x>\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 60,
        "parts within parts",
    ),
    (MIXED * 20 + b"x\n" * 200_000, "parts within parts"),
    (b"From: a@b\nMessage-ID: <1@x>\n" + b"Content-Type: text/plain\n\n--b\n" * 3_000, "declares 3,000 parts"),
    (MIXED + b"--b\n\nx\n" * 50_000, "more than 5,000 parts"),
    (MIXED + b"--b\n\nhello\n" * 400, "it has only 400 words"),
    (MIXED + b"--b\nContent-Disposition: attachment\n\nhello\n" * 400, "None of the 52 parts"),
    (b"Message-ID: <1@x>\nFrom: " + b"(" * 9_000 + b"\n\nhello", "only 1 word"),
    ((b"From a@b Mon May  3 12:00:00 2021\nFrom: a@b\nMessage-ID: <1@x>\n\nhi\n\n") * 600, "holds 600 items"),
    (MIXED, "holds no text"),
]


@pytest.mark.parametrize(("raw", "words"), HOSTILE)
def test_mail_made_to_harm_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(WireError, match=words):
        read_all(raw)


def full() -> bytes:
    message = mail("UPDATE 2-Three killed in Lindenau warehouse fire", **THREAD)
    message.add_alternative("<p>Three people died.</p>", subtype="html")
    message.add_attachment(NINJS, maintype="application", subtype="json", filename="ferry.json")
    message.add_attachment(mail("Fwd: one more"))
    return message.as_bytes()


FULL = full()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(FULL)), st.integers(0, 60), st.binary(max_size=12))
def test_broken_bytes_are_items_or_one_sentence(at: int, lost: int, junk: bytes) -> None:
    try:
        held = read_all(FULL[:at] + junk + FULL[at + lost :])
    except WireError as error:
        assert str(error).endswith(".")
        return
    for item in held.items:
        assert item.text[: item.headline_end] == item.headline
        assert "\x00" not in item.text
