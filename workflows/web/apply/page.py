"""One step of the form: shown, checked, kept, and on to the next."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import User
from applicants.web.recognised import ask_who_she_is
from records.refusals import Invalid, MoveNotOpen, Refusal
from records.unit_of_work import unit_of_work
from workflows import loan_request
from workflows.models import Application
from workflows.states import State
from workflows.web.apply import steps
from workflows.web.apply.chosen import case_to_fill, cases_of, is_hers, must_show_who_she_is
from workflows.web.apply.questions import onward_url

Result = TypeVar("Result")


class DraftPage(View):
    """A page of a draft: the case is found first, and whoever comes too late is sent to where it is now."""

    step: ClassVar[steps.Step | None] = None
    template_name: ClassVar[str]
    case: Application
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)
        self.user, self.case = request.user, case_to_fill(request)
        if self.case.state != State.DRAFT:
            return self.too_late()
        if must_show_who_she_is(request, self.case):
            return ask_who_she_is(request, self.case.applicant)
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_by_helper(self) -> bool:
        return not is_hers(self.case, self.user)

    @property
    def comes_from_review(self) -> bool:
        """Whether she changes one of the answers that she was looking over."""
        return self.request.GET.get("from") == "review"

    def too_late(self) -> HttpResponse:
        messages.info(self.request, _("这份申请已经填好了，不能再改。"))
        if self.is_by_helper:
            return redirect("helper")
        return redirect("my_case", self.case.number)

    def keep(self, act: Callable[[Application, datetime], Result]) -> Result:
        """Let `act` write into the draft, which is locked for it, all or nothing. Raises what `act` refuses."""
        case, at = self.case, timezone.now()
        return unit_of_work(
            lambda: act(loan_request.draft_of(case), at), by=self.user, at=at, action="fill", about=case.number
        )

    def page(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        context = self.frame() | {"form": form} | more
        return render(self.request, self.template(), context, status=status)

    def template(self) -> str:
        return self.template_name

    def frame(self) -> dict[str, Any]:
        """What every page of the form shows besides its own question."""
        return {
            "case": self.case,
            "is_by_helper": self.is_by_helper,
            "step": self.step,
            "step_number": self.step.number if self.step else 0,
            "step_count": len(steps.STEPS),
            "back_url": reverse(steps.REVIEW if self.comes_from_review else "apply"),
            "hub_url": reverse("apply"),
        }

    def onward(self) -> HttpResponse:
        """Back to the answers where she came from there, else to the next step that isn't done."""
        if self.comes_from_review or self.step is None:
            return redirect(steps.REVIEW)
        fresh = cases_of(self.user).get(pk=self.case.pk)
        return redirect(onward_url(fresh, after=self.step, question=None, is_by_helper=self.is_by_helper))


class StepPage(DraftPage):
    """A step with one form. `redrawing` are the buttons that fill in the page anew without keeping anything."""

    redrawing: ClassVar[tuple[str, ...]] = ()

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        """The form: bound to what was sent, or showing what was typed, or what is kept."""
        raise NotImplementedError

    def write(self, draft: Application, form: forms.Form, at: datetime) -> object:
        """Keep what the form has read."""
        raise NotImplementedError

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        if any(name in request.POST for name in self.redrawing):
            return self.show(self.form(typed=request.POST))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        return self.kept(form)

    def kept(self, form: forms.Form) -> HttpResponse:
        try:
            self.keep(lambda draft, at: self.write(draft, form, at))
        except Invalid as refusal:
            for error in refusal.errors:
                field = error.field if error.field in form.fields else None
                form.add_error(field, ValidationError(str(error.message), code=error.code))
            return self.show(form, status=422)
        except MoveNotOpen:
            return self.too_late()
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=refusal.status)
        return self.onward()

    def show(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        return self.page(form, status=status, **self.context(form))
