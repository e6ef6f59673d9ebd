"""快捷键: what can be done without a mouse, and whether the keys are on."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.models.user import UserKind
from accounts.web.navigation import frame

# As static/js/keys.js has them.
KEYS: Final[tuple[tuple[str, Promise | str], ...]] = (
    ("Alt + ↓", _("打开下一件；在待办里打开第一件")),
    ("Alt + ↑", _("打开上一件")),
    ("Alt + C", _("打开“处理这件”里的第一项")),
    ("Ctrl + Enter", _("提交正在填的表")),
    ("Alt + S", _("按姓名或编号找")),
)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The list of keys, with the switch. Women and partners' systems have no use for it."""
    user = request.user
    if not isinstance(user, User) or user.kind != UserKind.STAFF:
        raise Http404
    return render(request, "accounts/keys.html", {**frame(request, current=""), "keys": KEYS})
