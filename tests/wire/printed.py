"""Files made for the tests: PDFs written by hand, Word documents by python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx

Placed = tuple[float, float, float, str]
EMPTY = b"<< >>"


def written(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, of which the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
    return bytes(out) + f"trailer << /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), extra, data)


def pdf(*pages: Sequence[Placed], title: str = "") -> bytes:
    """A PDF with a text layer: each piece of text at (x, y) points from the lower left corner, in its size."""
    contents = [stream(zlib.compress(b"\n".join(map(_shown, page))), b"/Filter /FlateDecode") for page in pages]
    return paged(contents, title=title)


def paged(contents: Sequence[bytes], resources: bytes = b"/Font << /F 3 0 R >>", title: str = "") -> bytes:
    """A PDF whose pages have these content streams."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%b) >>" % title.encode("latin-1"),
    ]
    for number, content in enumerate(contents):
        place = b"/Contents %d 0 R /MediaBox [0 0 595 842] /Resources << %b >>" % (6 + 2 * number, resources)
        objects += [b"<< /Type /Page /Parent 2 0 R %b >>" % place, content]
    return written(objects, "/Info 4 0 R" if title else "")


def _shown(piece: Placed) -> bytes:
    x, y, size, text = piece
    letters = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf %g %g Td (%b) Tj ET" % (size, x, y, letters)


def column(lines: Sequence[str], *, x: float = 60, y: float = 760, size: float = 11, step: float = 14) -> list[Placed]:
    """Lines one below the other; an empty one leaves half a line free."""
    placed = []
    for line in lines:
        if line:
            placed.append((x, y, size, line))
        y -= step if line else step / 2
    return placed


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rezipped(raw: bytes, **parts: str | bytes) -> bytes:
    """A Word document with parts replaced or added; ``word__document_xml`` names word/document.xml."""
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): body for name, body in parts.items()
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in named:
                new.writestr(entry.filename, old.read(entry))
        for name, body in named.items():
            new.writestr(name, body)
    return buffer.getvalue()
