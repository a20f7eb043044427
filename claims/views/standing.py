"""What happened to the words of a claim since they were read, for its page: killed, cut, held back."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import ArticleVersion, Claim
from claims.wording import moment


@dataclass(frozen=True, slots=True)
class Standing:
    """A banner: ``kind`` as ``components/notice.html`` has it; ``version`` is the one that the link leads to."""

    kind: str
    title: str
    text: str
    version: ArticleVersion


def standing_of(claim: Claim) -> list[Standing]:
    found = []
    if claim.withdrawn_by is not None:
        found.append(killed(claim.withdrawn_by))
    if claim.orphaned_by is not None:
        words = "A later version of the article no longer has these words. The claim stays as it was read."
        found.append(Standing("stale", f"Not in version {claim.orphaned_by.number} any more", words, claim.orphaned_by))
    if claim.version.held_back:
        found.append(embargoed(claim.version))
    return found


def killed(by: ArticleVersion) -> Standing:
    """What to say of an article, or of what it carried, that ``by`` took back."""
    words = (
        f"Version {by.number}, of {moment(by.version_created)}, took the article back. What it carried is withdrawn."
    )
    return Standing("error", f"This article was {by.status}", f"{words} {by.ed_note}".strip(), by)


def embargoed(version: ArticleVersion) -> Standing:
    if version.embargo is None:
        words = "It has no time of its own: a person lifts it. Until then only editors and chiefs see this version."
        return Standing("warning", "Under embargo", words, version)
    words = "Until then only editors and chiefs see this version."
    return Standing("warning", f"Under embargo until {moment(version.embargo)}", words, version)
