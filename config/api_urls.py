"""The API, version 1: each app's part, the schema that describes it, and pages to read it on."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

# The pages of the schema style themselves from their script; nothing of ours does.
documentation = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(
    login_not_required(SpectacularSwaggerSplitView.as_view(url_name="api_schema"))
)

urlpatterns = [
    path("", include("loans.api.urls")),
    path("", include("workflows.api.urls")),
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="api_schema"),
    path("docs/", documentation, name="api_docs"),
]
