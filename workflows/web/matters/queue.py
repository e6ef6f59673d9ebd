"""待答复: what she said and nobody has answered yet, what is due next first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.web.navigation import frame
from workflows.web.matters.told import waiting_for


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Whoever answers nobody has no such list."""
    user = request.user
    if not isinstance(user, User) or not (holds(user, "answer_her") or holds(user, "second_extension")):
        raise Http404
    today = timezone.localdate()
    context = {"rows": waiting_for(user, today=today), "today": today}
    return render(request, "workflows/matters/queue.html", context | frame(request, current="matters"))
