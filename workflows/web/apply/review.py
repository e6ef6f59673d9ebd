"""核对并提交: all answers on one page, the declaration, and the one press that hands it in.

A helper's page ends with asking the woman herself instead.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from applicants.web.recognised import remember
from loans import eligibility
from loans.findings import Finding, Outcome
from loans.policy_terms import terms_of
from loans.pre_check import PRE_CHECK_RULES
from loans.rule_advice import sentence, what_else
from records.refusals import Invalid, MoveNotOpen, Refusal, Stale
from records.unit_of_work import unit_of_work
from workflows.facts import facts_of
from workflows.refusals import NotAWoman
from workflows.stages import intake
from workflows.states import HERS_ALONE, State
from workflows.web.apply import steps
from workflows.web.apply.answers import cards_of
from workflows.web.apply.chosen import cases_of, forget
from workflows.web.apply.page import DraftPage
from workflows.web.apply.person import not_a_woman
from workflows.web.forms.moves import MoveForm
from workflows.web.forms.review import DeclarationForm
from workflows.web.helper.asking import ask_her


class ReviewPage(DraftPage):
    template_name = "workflows/apply/review.html"

    def too_late(self) -> HttpResponse:
        """A second press of the button ends where the first one did."""
        if self.is_by_helper:
            return redirect("helper")
        if self.case.state in HERS_ALONE:
            return super().too_late()
        return redirect("apply_done", self.case.number)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        return self._handed_on(form)

    def form(self, data: Any = None) -> MoveForm:
        kind = MoveForm if self.is_by_helper else DeclarationForm
        return kind(data, initial={"version": self.case.version})

    def show(self, form: MoveForm, *, status: int = 200) -> HttpResponse:
        progress = steps.progress_of(self.case, is_by_helper=self.is_by_helper)
        return self.page(
            form,
            status=status,
            cards=cards_of(self.case),
            unfinished=[step for step in progress.steps if step is not steps.ACCOUNT and not progress.is_done(step)],
            is_ready=progress.is_ready,
            advice=_advice(self.case),
        )

    def _handed_on(self, form: MoveForm) -> HttpResponse:
        version, at = form.cleaned_data["version"], timezone.now()
        try:
            if self.is_by_helper:
                return ask_her(self.request, self.case, version=version, at=at)
            unit_of_work(
                lambda: intake.submit(self.case, by=self.user, at=at, version=version),
                by=self.user,
                at=at,
                action="submit",
                about=self.case.number,
            )
        except NotAWoman:
            return not_a_woman(self.request)
        except Refusal as refusal:
            return self._refused(form, refusal)
        forget(self.request)
        remember(self.request, self.case.applicant)
        return redirect("apply_done", self.case.number)

    def _refused(self, form: MoveForm, refusal: Refusal) -> HttpResponse:
        self.case = cases_of(self.user).get(pk=self.case.pk)
        if isinstance(refusal, Stale | MoveNotOpen) and self.case.state != State.DRAFT:
            return self.too_late()
        if isinstance(refusal, Invalid):
            # What is missing is listed on the page, each with the way to fill it in.
            messages.warning(self.request, _("还有没填完的，填好再交。"))
            return self.show(self.form(), status=422)
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        form.renew(version=self.case.version)
        return self.show(form, status=refusal.status)


def _advice(case: Any) -> list[tuple[str, tuple[str, ...]]]:
    """What the rules say to her own answers: it warns her, and keeps her from nothing."""
    found = eligibility.assess(facts_of(case), terms_of(case.policy), on=timezone.localdate(), rules=PRE_CHECK_RULES)
    return [(sentence(finding), what_else(finding)[:1]) for finding in found if _is_worth_saying(finding)]


def _is_worth_saying(finding: Finding) -> bool:
    return finding.outcome == Outcome.NOT_MET
