"""The programs' door, under ``/api/v1/``. Uploading has its own urls, beside the ledger."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from claims.api import views
from claims.api.boards import EventBoards
from claims.api.copies import Copies
from claims.api.docs import Description, Page
from claims.api.proposals import Agreement, ClaimProposal
from claims.api.relations import Relating

router = SimpleRouter()
router.register("verdicts", views.Verdicts, basename="api-verdict")
router.register("claims", views.Claims, basename="api-claim")
router.register("events", views.Events, basename="api-event")
router.register("articles", views.Articles, basename="api-article")

urlpatterns = [
    *router.urls,
    path("articles/<int:pk>/copies/", Copies.as_view({"get": "list"}), name="api-article-copies"),
    path("events/<int:pk>/board/", EventBoards.as_view(), name="api-event-board"),
    path("claims/<int:pk>/proposal/", ClaimProposal.as_view(), name="api-claim-proposal"),
    path("agreement/", Agreement.as_view(), name="api-agreement"),
    path("events/<int:pk>/relations/", Relating.as_view(), name="api-event-relations"),
    path("changes/", views.Changes.as_view(), name="api-changes"),
    path("schema/", Description.as_view(), name="api-schema"),
    path("docs/", Page.as_view(), name="api-docs"),
]
