"""Who did what, written in the same transaction as the act."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.articles import ArticleVersion
from claims.models.claims import Claim
from claims.models.events import Event


class Activity(models.Model):
    """One act, by a person (``actor``) or the desk's own worker (no actor)."""

    class Kind(models.TextChoices):
        LOADED = "loaded"
        EXTRACTED = "extracted"
        FAILED = "failed"
        RETRIED = "retried"
        VERSION_JOINED = "version joined"
        VERSION_SPLIT = "version split off"
        DUPLICATE_TAKEN = "duplicate taken in"
        NOTICE_DECIDED = "notice decided"
        EVENT_CREATED = "event created"
        EVENT_PROPOSED = "event proposed"
        PROPOSAL_WITHDRAWN = "proposal withdrawn"
        PROPOSAL_CONFIRMED = "proposal confirmed"
        PROPOSAL_DISMISSED = "proposal dismissed"
        LINK_SUGGESTED = "link suggested"
        LINK_CONFIRMED = "link confirmed"
        LINK_REJECTED = "link rejected"
        VERDICT_RECORDED = "verdict recorded"
        VERDICT_SIGNED_OFF = "verdict signed off"
        VERDICT_SENT_BACK = "verdict sent back"
        VERDICT_WITHDRAWN = "verdict withdrawn"
        SET_ASIDE = "set aside"
        REOPENED = "reopened"
        VERDICT_STALE = "verdict stale"
        VERDICT_KEPT = "verdict kept"
        RATING_DISMISSED = "proposed rating dismissed"
        SUPPORT_WITHDRAWN = "support withdrawn"
        EMBARGO_LIFTED = "embargo lifted"
        OUTLET_CHANGED = "outlet changed"
        OUTLETS_MERGED = "outlets merged"
        OUTLETS_PARTED = "outlets parted"
        FEED_CHANGED = "feed changed"
        COPIES_FOUND = "copies found"
        REUSE_LABELLED = "reuse labelled"
        SOURCES_RULED = "sources ruled"
        SOURCES_REOPENED = "sources reopened"
        BEST_VALUE_SET = "best value set"
        BEST_VALUE_ENDED = "best value ended"
        RELATION_RULED = "relation ruled"
        RELATION_REOPENED = "relation reopened"

    kind = models.CharField(max_length=30, choices=Kind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="activity")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    version = models.ForeignKey(ArticleVersion, models.CASCADE, null=True, blank=True, related_name="activity")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="activity")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="activity")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "activity"

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
