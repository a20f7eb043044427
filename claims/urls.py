"""Addresses of the pages on which people read and review."""

from django.urls import path

from claims.views import acts, articles, board_acts, claim, events, outlets, proposals, proposed_acts, queue, reuse
from claims.workflow import Act

urlpatterns = [
    path("articles/", articles.articles, name="articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/lift/<int:number>/", articles.lift_embargo, name="embargo-lift"),
    path("claims/", queue.claims, name="claims"),
    path("claims/<int:pk>/", claim.claim, name="claim"),
    path("claims/<int:pk>/link/", acts.link, name="claim-link"),
    path("claims/<int:pk>/reject/", acts.reject, name="claim-reject"),
    path("claims/<int:pk>/new-event/", acts.new_event, name="claim-new-event"),
    path("claims/<int:pk>/rule/", acts.rule, name="claim-rule"),
    path("claims/<int:pk>/accept/", proposed_acts.accept, name="claim-accept"),
    path("claims/<int:pk>/dismiss-proposal/", proposed_acts.dismiss, name="claim-dismiss-proposal"),
    path("claims/<int:pk>/hold/", acts.set_aside, {"act": Act.HOLD}, name="claim-hold"),
    path("claims/<int:pk>/dismiss/", acts.set_aside, {"act": Act.DISMISS}, name="claim-dismiss"),
    path("claims/<int:pk>/sign-off/", acts.sign_off, name="claim-sign-off"),
    path("claims/<int:pk>/send-back/", acts.send_back, name="claim-send-back"),
    path("claims/<int:pk>/keep/", acts.keep, name="claim-keep"),
    path("claims/<int:pk>/reopen/", acts.reopen, name="claim-reopen"),
    path("claims/<int:pk>/withdraw/", acts.withdraw, name="claim-withdraw"),
    path("reuse/<int:pk>/", reuse.reuse, name="reuse"),
    path("reuse/<int:pk>/label/", reuse.label, name="reuse-label"),
    path("events/", events.events, name="events"),
    path("events/new/", events.new_event, name="event-new"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/dismiss/", proposals.dismiss, name="event-dismiss"),
    path("events/<int:pk>/sources/", board_acts.say, name="event-sources"),
    path("events/<int:pk>/sources/<int:word>/undo/", board_acts.take_back, name="event-source-undo"),
    path("events/<int:pk>/best/", board_acts.best, name="event-best"),
    path("events/<int:pk>/best/<int:value>/undo/", board_acts.take_back_best, name="event-best-undo"),
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/new/", outlets.new_outlet, name="outlet-new"),
    path("outlets/<int:pk>/", outlets.outlet, name="outlet"),
    path("outlets/<int:pk>/merge/", outlets.merge, name="outlet-merge"),
    path("outlets/merges/<int:pk>/undo/", outlets.part, name="outlet-part"),
]
