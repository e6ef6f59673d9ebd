"""Two questions that she may answer when it is over: did the money come and is it hers, and how was it handled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from workflows import after_payout
from workflows.models import Application
from workflows.models.after_payout import Arrival, Stars
from workflows.states import State
from workflows.web.forms.after_payout import ArrivalForm, RatingForm
from workflows.web.forms.moves import MoveForm
from workflows.web.my.hers import CasePage
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


@dataclass(frozen=True)
class Question:
    """Its form, which field is the heading, what is read below it, the button, and what answering calls."""

    form: type[MoveForm]
    asked: str
    hint: Promise | str
    label: Promise | str
    is_open: Callable[[Application], bool]
    act: Callable[[Application, dict[str, Any], User, datetime], object]
    done: Callable[[dict[str, Any]], str]


def _arrived(case: Application, given: dict[str, Any], by: User, at: datetime) -> object:
    return after_payout.say_arrived(case, outcome=Arrival(given["outcome"]), words=given["words"], by=by, at=at)


def _after_arrival(given: dict[str, Any]) -> str:
    if given["outcome"] == Arrival.MINE:
        return _("好，记下了。")
    return _("知道了，妇联和农信马上查，会打电话给您。")


def _rated(case: Application, given: dict[str, Any], by: User, at: datetime) -> object:
    return after_payout.rate(case, stars=given["stars"], words=given["words"], by=by, at=at)


def _after_rating(given: dict[str, Any]) -> str:
    if given["stars"] <= Stars.BAD:
        return _("谢谢您说实话。想让人给个说法，可以投诉。")
    return _("谢谢您。")


ARRIVAL: Final = Question(
    ArrivalForm,
    "outcome",
    gettext_lazy("说“不是”也不会停您的贷款。妇联和农信会马上查清楚。"),
    gettext_lazy("就这样说"),
    lambda case: case.state == State.DISBURSED,
    _arrived,
    _after_arrival,
)
RATING: Final = Question(
    RatingForm,
    "stars",
    gettext_lazy("不影响您的贷款，也不影响以后申请。"),
    gettext_lazy("评价"),
    lambda case: case.state in after_payout.RATED_IN and not hasattr(case, "rating"),
    _rated,
    _after_rating,
)


class AskedPage(CasePage):
    """Asks; and keeps what she answers."""

    question: ClassVar[Question]
    action: ClassVar[str]

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        if not self.question.is_open(self.case):
            messages.info(request, _("现在不用写了，看看走到哪里。"))
            return redirect("my_case", number)
        return self._page(self.question.form(initial={"version": self.case.version}))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        form = self.question.form(request.POST)
        if not form.is_valid():
            return self._page(form, Refused(UNPROCESSABLE))
        given = form.cleaned_data
        refused = attempt(
            lambda: self.question.act(self.case, given, self.user, self.now),
            form=form,
            application=self.case,
            seen_version=given["version"],
            by=self.user,
            at=self.now,
            action=self.action,
        )
        if refused is not None:
            self.case = self.fresh_case(number)
            return self._page(form, refused)
        messages.success(request, self.question.done(given))
        return redirect("my_case", number)

    def _page(self, form: MoveForm, refused: Refused | None = None) -> HttpResponse:
        context = {
            "case": self.case,
            "question": self.question,
            "title": form.fields[self.question.asked].label,
            "form": form,
            "asked": form[self.question.asked],
            "refused": refused,
            "has_errors": refused is not None,
        }
        status = refused.status if refused else 200
        return render(self.request, "workflows/my/asked.html", context, status=status)


class MyArrival(AskedPage):
    question, action = ARRIVAL, "say_arrived"


class MyRating(AskedPage):
    question, action = RATING, "rate"
