"""Addresses of the pages on which people read and review."""

from django.urls import path

from claims.views import acts, articles, claim, events, queue
from claims.workflow import Act

urlpatterns = [
    path("articles/", articles.articles, name="articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("claims/", queue.claims, name="claims"),
    path("claims/<int:pk>/", claim.claim, name="claim"),
    path("claims/<int:pk>/link/", acts.link, name="claim-link"),
    path("claims/<int:pk>/reject/", acts.reject, name="claim-reject"),
    path("claims/<int:pk>/new-event/", acts.new_event, name="claim-new-event"),
    path("claims/<int:pk>/rule/", acts.rule, name="claim-rule"),
    path("claims/<int:pk>/hold/", acts.set_aside, {"act": Act.HOLD}, name="claim-hold"),
    path("claims/<int:pk>/dismiss/", acts.set_aside, {"act": Act.DISMISS}, name="claim-dismiss"),
    path("claims/<int:pk>/sign-off/", acts.sign_off, name="claim-sign-off"),
    path("claims/<int:pk>/send-back/", acts.send_back, name="claim-send-back"),
    path("claims/<int:pk>/reopen/", acts.reopen, name="claim-reopen"),
    path("claims/<int:pk>/withdraw/", acts.withdraw, name="claim-withdraw"),
    path("events/", events.events, name="events"),
    path("events/new/", events.new_event, name="event-new"),
    path("events/<int:pk>/", events.event, name="event"),
]
