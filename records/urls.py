"""Whether a paper is ours; and the demo's telephone."""

from django.urls import URLPattern, URLResolver, path

from records.web.outbox import outbox
from records.web.recordings import recording, recording_decided, recordings_page
from records.web.verify import verify, verify_paper

urlpatterns: list[URLPattern | URLResolver] = [
    path("verify", verify, name="verify"),
    path("verify/<str:code>", verify_paper, name="verify_paper"),
    path("outbox", outbox, name="outbox"),
    path("recordings", recordings_page, name="recordings"),
    path("recordings/<int:recording_id>", recording_decided, name="recording_decided"),
    path("listen/<int:recording_id>", recording, name="recording"),
]
