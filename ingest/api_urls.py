"""Uploading for programs, under ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from ingest import api

router = SimpleRouter()
router.register("deliveries", api.Deliveries, basename="api-delivery")

urlpatterns = [
    path("uploads/", api.Uploads.as_view(), name="api-uploads"),
    path("uploads/<uuid:public_id>/", api.Upload.as_view(), name="api-upload"),
    *router.urls,
]
