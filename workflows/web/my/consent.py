"""She takes back a consent: from now on nothing more is given to that office (PIPL art. 15)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applicants import consents
from applicants.consents import CONSENT_TEXTS, ConsentText
from applicants.models.consent import Recipient
from records.unit_of_work import unit_of_work
from workflows.models import Application
from workflows.states import State
from workflows.web.my.hers import CasePage


class MyConsent(CasePage):
    """Asks once more; what was given before can't be called back."""

    def get(self, request: HttpRequest, number: str, recipient: str) -> HttpResponse:
        text = _text_of(self.case, recipient)
        return render(request, "workflows/my/consent.html", {"case": self.case, "text": text})

    def post(self, request: HttpRequest, number: str, recipient: str) -> HttpResponse:
        _text_of(self.case, recipient)
        unit_of_work(
            lambda: consents.take_back(self.case.applicant, recipient=Recipient(recipient), at=self.now),
            by=self.user,
            at=self.now,
            action="take_back_consent",
            about=number,
        )
        messages.success(request, _("收回了，从现在起不再给。"))
        return redirect("my_access", number)


def given_by(case: Application) -> list[tuple[Recipient, ConsentText]]:
    """What she agrees to now, and may take back.

    The federation's she takes back by withdrawing; after the payout the contract stands for the others.
    """
    if case.state == State.DISBURSED:
        return []
    live = case.applicant.consents.live().exclude(recipient=Recipient.FEDERATION).order_by("pk")
    return [(Recipient(one.recipient), CONSENT_TEXTS[Recipient(one.recipient)]) for one in live]


def _text_of(case: Application, recipient: str) -> ConsentText:
    """Raises Http404 where there is nothing to take back."""
    text = next((text for one, text in given_by(case) if one == recipient), None)
    if text is None:
        raise Http404
    return text
