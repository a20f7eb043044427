from django.urls import path

from newsdesk import health

urlpatterns = [
    path("", health.live, name="live"),
    path("ready/", health.ready, name="ready"),
]
