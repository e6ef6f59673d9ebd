"""替她补材料: the page that she has herself, for the helper to whom she gave leave."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from records.refusals import NotPermitted
from workflows.models import Application
from workflows.web.apply.chosen import MandateOver, cases_of, has_leave
from workflows.web.helper.pages import for_helpers
from workflows.web.my.supplement import MySupplement


class HelperSupplement(MySupplement):
    """Raises MandateOver where her leave has run out, NotPermitted where it doesn't say so much."""

    template_name = "workflows/helper/supplement.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return for_helpers(super().dispatch)(request, *args, **kwargs)

    def fresh_case(self, number: str) -> Application:
        helped = cases_of(self.user).filter(applicant__mandates__helper=self.user).distinct()
        case = get_object_or_404(helped, number=number)
        if not has_leave(case, self.user, on=timezone.localdate(self.now)):
            raise MandateOver
        if not case.applicant.mandates.standing().filter(helper=self.user, may_supply=True).exists():
            raise NotPermitted
        return case

    def home(self) -> str:
        return reverse("helper")

    def address(self) -> str:
        return reverse("helper_supplement", args=[self.case.number])
