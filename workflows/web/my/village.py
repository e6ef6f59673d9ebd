"""村里帮我的事: who fills in for her, until when, and how she ends it; and whether her village may remind her."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from applicants import reminder_consents
from applicants.models import Mandate
from records.unit_of_work import unit_of_work
from workflows import helping
from workflows.helping_notices import helper_in_words
from workflows.states import State
from workflows.web.my.hers import CasePage

REMINDING = {"yes": reminder_consents.give, "no": reminder_consents.take_back}


class MyVillage(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        context = {
            "case": self.case,
            "helpers": [(one, helper_in_words(one.helper)) for one in self._standing()],
            "may_agree": self.case.state == State.DISBURSED,
            "agrees": reminder_consents.agrees(self.case.applicant),
        }
        return render(request, "workflows/my/village.html", context)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """`reminding` says yes or no; `end` names the helper who is to do no more."""
        if request.POST.get("reminding") in REMINDING:
            return self._remind(request.POST["reminding"])
        named = request.POST.get("end", "")
        theirs = User.objects.filter(mandates__applicant=self.case.applicant).distinct()
        helper = get_object_or_404(theirs, pk=int(named) if named.isdecimal() else 0)
        ended = unit_of_work(
            lambda: helping.end_leave(self.case, helper=helper, at=self.now),
            by=self.user,
            at=self.now,
            action="end_mandate",
            about=number,
        )
        if ended:
            messages.success(request, _("从现在起她不能再替您办，也看不到了。"))
        return redirect("my_village", number)

    def _remind(self, answer: str) -> HttpResponse:
        her = self.case.applicant
        if self.case.state != State.DISBURSED:
            raise Http404
        unit_of_work(
            lambda: REMINDING[answer](her, at=self.now),
            by=self.user,
            at=self.now,
            action=f"reminding_{answer}",
            about=self.case.number,
        )
        messages.success(self.request, _("记下了。"))
        return redirect("my_village", self.case.number)

    def _standing(self) -> list[Mandate]:
        """The newest mandate of each helper, as long as it holds."""
        given = self.case.applicant.mandates.standing().filter(valid_until_on__gte=self.today)
        newest: dict[int, Mandate] = {}
        for mandate in given.select_related("helper").order_by("pk"):
            newest[mandate.helper_id] = mandate
        return list(newest.values())
