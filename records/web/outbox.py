"""The demo's telephone: every text and call that would have gone out, for whoever tries the demo. Nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from records.models import Notice
from records.models.notice import Channel

SHOWN = 30


@dataclass(frozen=True)
class Message:
    """One text message or call, with the whole number: there is nobody behind it."""

    mobile: str
    at: datetime
    text: str
    is_sent: bool
    is_call: bool


@login_not_required
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The last messages, the newest first."""
    if not settings.DEMO:
        raise Http404
    notices = Notice.objects.filter(channel__in=[Channel.SMS, Channel.VOICE]).order_by("-pk")[:SHOWN]
    messages = [
        Message(one.mobile, one.created_at, one.text, one.sent_at is not None, one.channel == Channel.VOICE)
        for one in notices
    ]
    return render(request, "records/outbox.html", {"texts": messages})
