from django.urls import path

from ingest import views

urlpatterns = [
    path("upload/", views.upload, name="upload"),
    path("batches/<uuid:public_id>/", views.batch, name="batch"),
    path("deliveries/", views.ledger, name="ledger"),
    path("deliveries/<int:pk>/raw/", views.raw, name="raw"),
    path("deliveries/<int:pk>/retry/", views.retry, name="retry"),
]
