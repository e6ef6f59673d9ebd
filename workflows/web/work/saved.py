"""我的视图: keeping the list as it stands in the address, and tidying up what was kept."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.navigation import frame
from records.edge import caller
from records.refusals import Invalid
from records.unit_of_work import unit_of_work
from workflows import saved_views
from workflows.models import SavedView
from workflows.web.forms.inbox import address
from workflows.web.forms.saved_view import ViewForm
from workflows.web.refused import UNPROCESSABLE
from workflows.web.work.asked import Asked, asked_of


class Kept(NamedTuple):
    """One of hers, with the form that renames it."""

    view: SavedView
    url: str
    form: ViewForm


@require_http_methods(["GET", "HEAD", "POST"])
def work_views(request: HttpRequest) -> HttpResponse:
    """What she keeps, and the form that keeps what the address asks for; POST keeps it under a name."""
    asked = asked_of(request)
    if request.method != "POST":
        return _page(request, asked, ViewForm(None, mark="new"))
    form = ViewForm(request.POST, mark="new")

    def keep(name: str) -> object:
        return saved_views.save(asked.user, name=name, conditions=asked.keepable, at=timezone.now())

    if not _is_done(request, form, keep):
        return _page(request, asked, form, status=UNPROCESSABLE)
    messages.success(request, _("存好了，在列表上面点一下就打开。"))
    return redirect(f"{reverse(asked.home)}?{asked.user.saved_views.latest('pk').query}")


@require_POST
def work_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Rename one of hers, or throw it away; anybody else's doesn't exist."""
    asked = asked_of(request)
    view = get_object_or_404(SavedView.objects.select_related("user"), pk=view_id, user=asked.user)
    if "delete" in request.POST:
        unit_of_work(view.delete, by=asked.user, at=timezone.now())
        messages.success(request, _("删掉了：%(name)s") % {"name": view.name})
        return redirect("work_views")
    form = ViewForm(request.POST, mark=f"view{view.pk}")
    if not _is_done(request, form, lambda name: saved_views.rename(view, name=name)):
        return _page(request, asked, ViewForm(None, mark="new"), renaming=(view.pk, form), status=UNPROCESSABLE)
    messages.success(request, _("改好了：%(name)s") % {"name": view.name})
    return redirect("work_views")


def _is_done(request: HttpRequest, form: ViewForm, act: Callable[[str], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        unit_of_work(lambda: act(form.cleaned_data["name"]), by=caller(request), at=timezone.now(), action="keep_view")
    except Invalid as invalid:
        form.take(invalid)
        return False
    return True


def _page(
    request: HttpRequest,
    asked: Asked,
    form: ViewForm,
    *,
    renaming: tuple[int, ViewForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = dict([renaming]) if renaming else {}
    home = reverse(asked.home)
    context: dict[str, Any] = {
        "form": form,
        "wrong": renaming[1] if renaming else form,
        "tab": asked.tab,
        "chips": [chip.label for name, chip in asked.conditions.named_chips(request.GET) if name != "find"],
        "query": address(request.GET, without=("after", "before", "narrow")),
        "kept": [
            Kept(one, f"{home}?{one.query}", wrong.get(one.pk) or ViewForm(None, mark=f"view{one.pk}", name=one.name))
            for one in asked.user.saved_views.all()
        ],
        "home_url": home,
        "has_errors": status == UNPROCESSABLE,
    }
    return render(request, "workflows/work/views.html", context | frame(request, current=asked.home), status=status)
