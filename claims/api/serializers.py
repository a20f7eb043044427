"""What programs are shown of a row: claims and verdicts. Only reading: nothing here writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims import workflow
from claims.api.fields import Number, Permalink, Words
from claims.models import ArticleVersion, Claim, Event, Evidence, Figure, Place, Speaker, Verdict, VerdictEntry
from claims.proposals.grounds import Moved
from claims.staleness import Why


class ErrorSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField(help_text="What was refused and why, for a person.")
    field = serializers.CharField(help_text="The name of the filter or field that it is about, or nothing.")


class FigureSerializer(serializers.ModelSerializer[Figure]):
    low = Number(allow_null=True, read_only=True, help_text="The lower end; null: not known.")
    high = Number(allow_null=True, read_only=True, help_text="The upper end; null: there is none.")
    single = Number(
        source="low", allow_null=True, read_only=True, help_text="One number for who wants one: the low end."
    )
    place = serializers.CharField(source="place.name", default=None, allow_null=True, read_only=True)
    part_of = serializers.IntegerField(source="part_of_id", allow_null=True, read_only=True)

    class Meta:
        model = Figure
        fields = (
            "id", "measure", "low", "high", "single", "approximate", "words", "start", "end",
            "population", "place", "unit", "part_of", "as_of",
        )  # fmt: skip


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    """Who says it, under the name that the desk shows; the name in the copy is in `spelling`."""

    url = serializers.HyperlinkedIdentityField(view_name="api-speaker-detail")

    class Meta:
        model = Speaker
        fields: tuple[str, ...] = ("id", "url", "name", "kind", "organisation", "party")


class ChainLinkSerializer(serializers.Serializer[dict[str, Any]]):
    name = serializers.CharField()
    role = serializers.CharField()
    kind = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()


class CarriedBySerializer(serializers.ModelSerializer[ArticleVersion]):
    """The article, and the version of it whose canonical text the claim's offsets point into."""

    id = serializers.IntegerField(source="article_id", read_only=True)
    url = serializers.HyperlinkedRelatedField[Any](source="article", view_name="api-article-detail", read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)
    outlet = serializers.CharField(source="article.outlet.name", default=None, allow_null=True, read_only=True)

    class Meta:
        model = ArticleVersion
        fields = ("id", "url", "version", "outlet", "headline", "published", "status")


class AboutEventSerializer(serializers.ModelSerializer[Event]):
    url = serializers.HyperlinkedIdentityField(view_name="api-event-detail")

    class Meta:
        model = Event
        fields = ("id", "title", "url")


class RuledSerializer(serializers.ModelSerializer[Verdict]):
    """Just enough of a claim's published verdict to find it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    rating = serializers.ChoiceField(source="published.rating", choices=list(workflow.Rating), read_only=True)
    url = serializers.HyperlinkedIdentityField(
        view_name="api-verdict-detail", lookup_field="public_id", lookup_url_kwarg="public_id"
    )

    class Meta:
        model = Verdict
        fields = ("id", "rating", "url")


class ClaimFactsSerializer(serializers.ModelSerializer[Claim]):
    """What a claim says, where, and who says it: `text` is what stands in the version's text from `start` to `end`."""

    url = serializers.HyperlinkedIdentityField(view_name="api-claim-detail")
    article = CarriedBySerializer(source="version", read_only=True)
    speaker = SpeakerSerializer(source="speaker.shown", allow_null=True, read_only=True)
    spelling = serializers.CharField(
        source="speaker.name",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="The speaker's name as this copy has it, where it was merged with another.",
    )
    chain = ChainLinkSerializer(many=True, read_only=True)
    marks = Words(read_only=True)
    places = serializers.SlugRelatedField[Place](slug_field="name", many=True, read_only=True)
    figures = FigureSerializer(many=True, read_only=True)
    orphaned_by = serializers.IntegerField(
        source="orphaned_by.number",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="The version of the article that no longer has these words.",
    )
    withdrawn_by = serializers.IntegerField(
        source="withdrawn_by.number",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="The version that killed or recalled the article: the claim supports nothing any more.",
    )
    events = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id", "url", "text", "start", "end", "article",
            "speaker", "spelling", "speaker_role", "speaker_words", "speaker_start", "speaker_end", "chain",
            "cue", "cue_start", "cue_end", "mode", "polarity", "marks", "places", "from_day", "to_day",
            "figures", "orphaned_by", "withdrawn_by", "events", "producer",
        )  # fmt: skip

    @extend_schema_field(AboutEventSerializer(many=True))
    def get_events(self, claim: Claim) -> Any:
        events = [link.event for link in claim.links.all()]
        return AboutEventSerializer(events, many=True, context=self.context).data


class ClaimSerializer(ClaimFactsSerializer):
    permalink = Permalink()
    worth_reasons = Words(read_only=True)
    verdict = serializers.SerializerMethodField()

    class Meta(ClaimFactsSerializer.Meta):
        fields = (
            *ClaimFactsSerializer.Meta.fields,
            "permalink", "worth", "worth_reasons", "state", "verdict", "vanished", "created",
        )  # fmt: skip

    @extend_schema_field(RuledSerializer(allow_null=True))
    def get_verdict(self, claim: Claim) -> Any:
        verdict = getattr(claim, "verdict", None)
        if verdict is None or verdict.published is None:
            return None
        return RuledSerializer(verdict, context=self.context).data


class EvidenceSerializer(serializers.Serializer[dict[str, Any]]):
    """A claim of the desk with its words as they stood, or an address, with the reviewer's note."""

    side = serializers.ChoiceField(choices=list(Evidence.Side.values))
    claim = serializers.IntegerField(allow_null=True)
    article = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    text = serializers.CharField(default="", help_text="The claim's words; empty where the evidence is no claim.")
    url = serializers.CharField()
    note = serializers.CharField()


class StaleReasonSerializer(serializers.Serializer[dict[str, Any]]):
    """What moved under a verdict."""

    claim = serializers.IntegerField(help_text="The claim by which it moved: the verdict's own, or another.")
    becomes = serializers.IntegerField(allow_null=True, help_text="The claim that it became.")
    why = serializers.ChoiceField(choices=[*Why, *Moved])
    evidence = serializers.BooleanField(help_text="Whether it is not the verdict's own claim.")
    article = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="The version of the article that moved it.")
    words = serializers.CharField()


class VerdictSerializer(serializers.ModelSerializer[Verdict]):
    """A verdict as it was published: what is being changed shows only in `under_revision`."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    url = serializers.HyperlinkedIdentityField(
        view_name="api-verdict-detail", lookup_field="public_id", lookup_url_kwarg="public_id"
    )
    permalink = Permalink()
    rating = serializers.ChoiceField(source="published.rating", choices=list(workflow.Rating), read_only=True)
    reason = serializers.SerializerMethodField()
    evidence = EvidenceSerializer(source="published.evidence", many=True, read_only=True)
    rules = Words(source="published.rules", read_only=True)
    decided = serializers.SerializerMethodField()
    published = serializers.DateTimeField(source="published.at", read_only=True)
    second_reader = serializers.SerializerMethodField()
    under_revision = serializers.BooleanField(read_only=True)
    stale = serializers.SerializerMethodField(help_text="What it leans on has moved, and nobody settled it yet.")
    stale_since = serializers.DateTimeField(source="stale", allow_null=True, read_only=True)
    stale_reasons = StaleReasonSerializer(many=True, read_only=True)
    claim = ClaimFactsSerializer(read_only=True)

    class Meta:
        model = Verdict
        fields = (
            "id", "url", "permalink", "rating", "reason", "evidence", "rules", "decided", "published",
            "second_reader", "under_revision", "stale", "stale_since", "stale_reasons", "claim",
        )  # fmt: skip

    def get_stale(self, verdict: Verdict) -> bool:
        return verdict.stale is not None

    def get_reason(self, verdict: Verdict) -> str:
        return ruling(verdict).reason

    def get_decided(self, verdict: Verdict) -> datetime:
        return ruling(verdict).at

    def get_second_reader(self, verdict: Verdict) -> bool:
        return bool(verdict.published and verdict.published.act == VerdictEntry.Act.SIGNED_OFF)


def ruling(verdict: Verdict) -> VerdictEntry:
    """The entry by which the published face was decided: itself, or the one that its second reader signed."""
    face = verdict.published
    if face is None:
        raise ValueError(f"Verdict {verdict.pk} is not published.")
    ruled: list[VerdictEntry] = verdict.rulings  # type: ignore[attr-defined]
    return next((entry for entry in ruled if entry.number <= face.number), face)


class ChangeSerializer(serializers.Serializer[VerdictEntry]):
    """The last change of a verdict. `verdict` is null once it is withdrawn: drop what you hold of it."""

    change = serializers.IntegerField(source="pk", help_text="Grows with every change; never used twice.")
    at = serializers.DateTimeField()
    id = serializers.UUIDField(source="public_id")
    verdict = serializers.SerializerMethodField()

    @extend_schema_field(VerdictSerializer(allow_null=True))
    def get_verdict(self, entry: VerdictEntry) -> Any:
        face = self.context["faces"].get(entry.verdict_id)
        return face and VerdictSerializer(face, context=self.context).data


class ChangesSerializer(serializers.Serializer[Any]):
    after = serializers.IntegerField(help_text="Keep it; ask with it next time.")
    more = serializers.BooleanField(help_text="Whether more changes wait now.")
    next = serializers.URLField(help_text="The same question with `after`: follow it at once, or when you poll again.")
    results = ChangeSerializer(many=True)
