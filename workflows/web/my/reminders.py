"""她的还款提醒: which messages she gets before an instalment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workflows import reminders
from workflows.states import State
from workflows.web.forms.reminder import ReminderForm
from workflows.web.my.hers import CasePage
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


class MyReminders(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        self._only_after_the_payout()
        chosen = reminders.days_chosen(self.case)
        return self._page(ReminderForm(initial={"version": self.case.version, "days_before": chosen}))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        self._only_after_the_payout()
        form = ReminderForm(request.POST)
        if not form.is_valid():
            return self._page(form, Refused(UNPROCESSABLE))
        days: list[int] = form.cleaned_data["days_before"]
        refused = attempt(
            lambda: reminders.choose(self.case, days_before=days, by=self.user, at=self.now),
            form=form,
            application=self.case,
            seen_version=form.cleaned_data["version"],
            by=self.user,
            at=self.now,
            action="choose_reminders",
        )
        if refused is not None:
            return self._page(form, refused)
        messages.success(request, _("好，照您选的提醒。") if days else _("好，不再发还款提醒。"))
        return redirect("my_loan", number)

    def _only_after_the_payout(self) -> None:
        if self.case.state != State.DISBURSED:
            raise Http404

    def _page(self, form: ReminderForm, refused: Refused | None = None) -> HttpResponse:
        context = {"case": self.case, "form": form, "refused": refused, "has_errors": refused is not None}
        status = refused.status if refused else 200
        return render(self.request, "workflows/my/reminders.html", context, status=status)
