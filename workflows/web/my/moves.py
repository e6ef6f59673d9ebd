"""What she herself decides, on a page that asks once more: withdraw, accept or decline the terms, 「不是我办的」."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from records import engine
from workflows.models import Application
from workflows.stages import disbursement, interruptions
from workflows.web.forms.moves import MoveForm
from workflows.web.my.hers import CasePage
from workflows.web.my.offered import changed
from workflows.web.refused import UNPROCESSABLE, Refused, attempt

NOT_MINE: Final = gettext_lazy("她说不是她办的。")


@dataclass(frozen=True)
class Choice:
    """One decision: the question, what follows from it, the button, and what is said when it is done."""

    title: Promise | str
    text: Promise | str
    label: Promise | str
    done: Promise | str
    act: Callable[[Application, User, datetime, int], object]
    is_no: bool = False


def _withdraw(case: Application, by: User, at: datetime, version: int) -> object:
    return interruptions.withdraw(case, reason="", by=by, at=at, version=version)


def _freeze(case: Application, by: User, at: datetime, version: int) -> object:
    return interruptions.freeze(case, reason=str(NOT_MINE), by=by, at=at, version=version)


def _accept_terms(case: Application, by: User, at: datetime, version: int) -> object:
    return disbursement.accept_terms(case, by=by, at=at, version=version)


def _decline_terms(case: Application, by: User, at: datetime, version: int) -> object:
    return disbursement.decline_terms(case, by=by, at=at, version=version)


CHOICES: Final[Mapping[str, Choice]] = {
    "withdraw": Choice(
        gettext_lazy("真的要撤回申请吗？"),
        gettext_lazy("撤回以后就停了，材料不会再用。不用说为什么，以后想办随时能再申请。"),
        gettext_lazy("撤回申请"),
        gettext_lazy("撤回了。"),
        _withdraw,
        is_no=True,
    ),
    "freeze": Choice(
        gettext_lazy("这份申请不是您办的？"),
        gettext_lazy("点下去马上停，谁也不能往下办，钱也不会放。妇联会打电话和您核实。"),
        gettext_lazy("不是我办的，停下来"),
        gettext_lazy("停下来了，妇联会打电话给您。"),
        _freeze,
        is_no=True,
    ),
    "accept_terms": Choice(
        gettext_lazy("同意新条件吗？"),
        gettext_lazy("同意了就能去签字。签字前看清合同，和这里不一样就别签。"),
        gettext_lazy("同意，去签字"),
        gettext_lazy("好，下一步去签字。"),
        _accept_terms,
    ),
    "decline_terms": Choice(
        gettext_lazy("这样的条件不要了？"),
        gettext_lazy("不要就停了，不影响以后再申请。拿不准，先打电话问问。"),
        gettext_lazy("不要了"),
        gettext_lazy("停了，以后想办随时能再申请。"),
        _decline_terms,
        is_no=True,
    ),
}


class MyMove(CasePage):
    """Asks; and does it when she says yes."""

    def get(self, request: HttpRequest, number: str, move: str) -> HttpResponse:
        choice = _choice(move)
        if move not in engine.open_moves(self.case, by=self.user):
            messages.info(request, _("这件现在不在这一步了，看看走到哪里。"))
            return redirect("my_case", number)
        return self._page(choice, MoveForm(initial={"version": self.case.version}))

    def post(self, request: HttpRequest, number: str, move: str) -> HttpResponse:
        choice = _choice(move)
        form = MoveForm(request.POST)
        if not form.is_valid():
            return self._page(choice, form, Refused(UNPROCESSABLE, str(form.errors["version"][0])))
        version: int = form.cleaned_data["version"]
        refused = attempt(
            lambda: choice.act(self.case, self.user, self.now, version),
            form=form,
            application=self.case,
            seen_version=version,
            by=self.user,
            at=self.now,
            action=move,
        )
        if refused is not None:
            self.case = self.fresh_case(number)
            return self._page(choice, form, refused)
        messages.success(request, str(choice.done))
        return redirect("my_case", number)

    def _page(self, choice: Choice, form: MoveForm, refused: Refused | None = None) -> HttpResponse:
        context: dict[str, Any] = {
            "case": self.case,
            "choice": choice,
            # A page that came without a version gets today's: she sees the case as it is now.
            "version": form["version"].value() or self.case.version,
            "refused": refused,
            "changed": changed(self.case),
            "has_errors": refused is not None,
        }
        status = refused.status if refused else 200
        return render(self.request, "workflows/my/move.html", context, status=status)


def _choice(move: str) -> Choice:
    choice = CHOICES.get(move)
    if choice is None:
        raise Http404
    return choice
