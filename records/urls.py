"""Whether a paper is ours; and the demo's telephone."""

from django.urls import URLPattern, URLResolver, path

from records.web.outbox import outbox
from records.web.verify import verify, verify_paper

urlpatterns: list[URLPattern | URLResolver] = [
    path("verify", verify, name="verify"),
    path("verify/<str:code>", verify_paper, name="verify_paper"),
    path("outbox", outbox, name="outbox"),
]
