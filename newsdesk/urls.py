"""Every address of the desk: pages for people, then what programs call."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from newsdesk import views

handler400 = "newsdesk.views.bad_request"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("theme/", views.theme, name="theme"),
    path("components/", views.components, name="components"),
    path("admin/", admin.site.urls),
    path("", include("ingest.urls")),
    path("", include("claims.urls")),
    path("api/v1/", include("claims.api.urls")),
    path("api/v1/", include("ingest.api_urls")),
    path("health/", include("newsdesk.health_urls")),
]
