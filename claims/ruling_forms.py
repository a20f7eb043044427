"""A ruling with its evidence, as it is typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from claims.models import Claim, Evidence, Verdict
from claims.querysets import ClaimQuerySet
from claims.workflow import Rating


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of evidence as it was typed. ``claim`` is the id of a claim of the desk, or nothing."""

    side: str = Evidence.Side.FOR.value
    claim: str = ""
    url: str = ""
    note: str = ""
    found: Claim | None = None
    error: str = ""

    @property
    def empty(self) -> bool:
        return not (self.claim or self.url or self.note)

    @property
    def address(self) -> str:
        return self.url if not self.url or "://" in self.url else f"https://{self.url}"


class RatingForm(forms.Form):
    use_required_attribute = False
    rating = forms.ChoiceField(
        choices=[(r.value, r.label) for r in Rating],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a rating: corroborated, disputed or unverifiable.",
            "invalid_choice": "Choose a rating: corroborated, disputed or unverifiable.",
        },
    )
    reason = forms.CharField(
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Give a reason: the reader of a verdict is told why."},
    )


@dataclass(slots=True)
class Ruling:
    """The ruling form as it stands in front of a person: nothing typed is ever dropped, right or wrong."""

    form: RatingForm
    rows: list[EvidenceRow] = field(default_factory=list)
    words: str = ""
    tried: bool = False

    @classmethod
    def of(cls, verdict: Verdict | None) -> Ruling:
        """Empty, or the verdict as it stands, to be changed."""
        if verdict is None:
            return cls(RatingForm())
        rows = [
            EvidenceRow(item.side, str(item.claim_id or ""), item.url, item.note) for item in verdict.evidence.all()
        ]
        return cls(RatingForm(initial={"rating": verdict.rating, "reason": verdict.reason}), rows)

    @classmethod
    def typed(cls, post: QueryDict) -> Ruling:
        """As it was sent; ``evidence_side``, ``_claim``, ``_url`` and ``_note`` come once for each row, in order."""
        columns = [post.getlist(f"evidence_{name}")[:100] for name in ("side", "claim", "url", "note")]
        longest = max(len(column) for column in columns)
        for column in columns:
            column += [""] * (longest - len(column))
        rows = [EvidenceRow(*(cell.replace("\x00", "").strip() for cell in row)) for row in zip(*columns, strict=True)]
        return cls(RatingForm(post), rows, post.get("evidence_words", "")[:200])

    @property
    def shown(self) -> list[EvidenceRow]:
        """The rows, and always one to type into."""
        return [row for row in self.rows if not row.empty] + [row for row in self.rows if row.empty] or [EvidenceRow()]

    @property
    def evidence(self) -> list[EvidenceRow]:
        return [row for row in self.rows if not row.empty]

    def add(self, what: str) -> None:
        """``row`` adds an empty row; ``for:7`` or ``against:7`` one with claim 7, unless it is there."""
        side, _, claim = what.partition(":")
        if not claim:
            self.rows.append(EvidenceRow())
        elif claim not in [row.claim for row in self.rows]:
            self.rows = [row for row in self.rows if not row.empty]
            self.rows.append(EvidenceRow(side, claim))

    def drop(self, number: str) -> None:
        shown = self.shown
        if number.isdecimal() and int(number) < len(shown):
            shown.pop(int(number))
        self.rows = shown

    def resolve(self, claims: ClaimQuerySet) -> None:
        """Look up the rows among ``claims``, in one query; a row that names none of them gets its error."""
        ids = {int(row.claim) for row in self.rows if row.claim.isdecimal() and len(row.claim) < 19}
        found = claims.select_related("speaker__merged_into", "version__article__outlet").in_bulk(ids)
        self.rows = [self._resolved(row, found) for row in self.rows]

    @staticmethod
    def _resolved(row: EvidenceRow, found: dict[int, Claim]) -> EvidenceRow:
        claim = found.get(int(row.claim)) if row.claim.isdecimal() else None
        if row.claim and claim is None:
            return replace(row, error=f"There is no claim {row.claim[:20]}.")
        return replace(row, found=claim)

    def is_complete(self) -> bool:
        """Whether the act can be tried. What is missing is then written at its field."""
        self.tried = True
        return self.form.is_valid() and not any(row.error for row in self.evidence)

    def fail(self, name: str, message: str) -> None:
        """Write what the act refused at the field that it names."""
        self.tried = True
        target = name if name in self.form.fields else None
        self.form.is_valid()
        self.form.add_error(target, ValidationError(message))
