"""谁看过我的材料: every look of somebody else at her numbers, photographs and papers, and who has the case at all."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.parts import Entry
from applicants.models import Disclosure
from applicants.models.document import DocumentKind
from workflows.models import Application
from workflows.papers.kinds import PaperKind
from workflows.web.my.consent import given_by
from workflows.web.my.hers import CasePage

# What nobody reads to the end tells nobody anything; the office has all of it.
SHOWN: Final = 100
_NUMBERS: Final[Mapping[str, Promise | str]] = {
    "id_no": gettext_lazy("看了身份证号"),
    "mobile": gettext_lazy("看了手机号"),
    "account_no": gettext_lazy("看了收款的卡号"),
    "spouse_id_no": gettext_lazy("看了爱人的身份证号"),
    "partner_id_no": gettext_lazy("看了合伙人的身份证号"),
    "partner_mobile": gettext_lazy("看了合伙人的手机号"),
    "guarantor_id_no": gettext_lazy("看了担保人的身份证号"),
    "guarantor_mobile": gettext_lazy("看了担保人的手机号"),
}


class MyAccess(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        looks = self.case.applicant.accesses.select_related("by").order_by("-pk")
        context: dict[str, Any] = {
            "case": self.case,
            "shared": _shared(self.case),
            "agreed": given_by(self.case),
            "looks": [
                Entry(one.at, in_words(one.what), who_looked(one.by.name, one.acting_for)) for one in looks[:SHOWN]
            ],
        }
        return render(request, "workflows/my/access.html", context)


def in_words(what: str) -> str:
    """What was looked at. A paper that an older version named stands as it was written."""
    kind, _colon, name = what.partition(":")
    if kind == "document" and name in DocumentKind.values:
        return _("看了照片：%(document)s") % {"document": DocumentKind(name).label}
    if kind == "paper" and name in PaperKind.values:
        return _("看了文书：%(paper)s") % {"paper": PaperKind(name).label}
    return str(_NUMBERS.get(what, what))


def who_looked(name: str, office: str) -> str:
    return _("%(who)s（%(office)s）") % {"who": name, "office": office} if office else name


def _shared(case: Application) -> list[Entry]:
    """The offices to which the case was handed over, under her consent."""
    disclosures = Disclosure.objects.filter(case_number=case.number).select_related("organisation")
    words = _("把申请和材料给了%(office)s")
    return [
        Entry(one.disclosed_at, words % {"office": one.organisation.short_name}) for one in disclosures.order_by("-pk")
    ]
