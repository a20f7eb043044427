"""The OpenAPI description and its page: for whoever may pull."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from claims.api.views import Counted


class Description(Counted, SpectacularAPIView):
    """The OpenAPI description; as JSON where that is asked for, else as YAML."""


class Page(Counted, SpectacularSwaggerSplitView):
    """Script and style come as files, so that the Content-Security-Policy of every other page holds here too."""

    url_name = "api-schema"
    template_name = "api/docs.html"
