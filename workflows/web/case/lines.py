"""Labels and values of a case, with the masked ones that may be looked at whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.identity import mask_account, mask_id_no, mask_mobile
from applicants.models import Applicant, HouseholdMember
from applicants.models.household import Relation
from workflows.models import Application
from workflows.web.case.part import Part

NAMES: Mapping[str, Promise | str] = {
    "id_no": gettext_lazy("身份证号"),
    "mobile": gettext_lazy("手机号"),
    "account_no": gettext_lazy("收款账户"),
    "spouse_id_no": gettext_lazy("爱人身份证号"),
}


@dataclass(frozen=True)
class Line:
    """One label and its value. With `reveal_url` the value is masked, and whole behind it."""

    label: str
    value: str
    note: str = ""
    reveal_url: str = ""
    what: str = ""


class Masks:
    """The masked values of one case for one office; `shown` is one that has just been looked at, by its name."""

    def __init__(self, application: Application, part: Part, *, shown: Mapping[str, str]) -> None:
        self.application, self.part, self.shown = application, part, shown

    def line(self, what: str, *, note: str = "") -> Line:
        """The value whole where it has just been revealed, else masked with the way to see it."""
        label = str(NAMES[what])
        if what in self.shown:
            return Line(label, self.shown[what], note, what=what)
        masked = MASKED[what](self.application.applicant)
        url = reverse("case_reveal", args=[self.application.number, what]) if masked and self.may_see(what) else ""
        return Line(label, masked or _("没有"), note, url, what)

    def may_see(self, what: str) -> bool:
        return what in self.part.reveals


def spouse_of(applicant: Applicant) -> HouseholdMember | None:
    """Uses what was prefetched."""
    return next((one for one in applicant.household.all() if one.relation == Relation.SPOUSE), None)


def _spouse_id_no(applicant: Applicant) -> str:
    spouse = spouse_of(applicant)
    return mask_id_no(spouse.id_no) if spouse and spouse.id_no else ""


MASKED: Mapping[str, Callable[[Applicant], str]] = {
    "id_no": lambda applicant: mask_id_no(applicant.id_no) if applicant.id_no else "",
    "mobile": lambda applicant: mask_mobile(applicant.mobile) if applicant.mobile else "",
    "account_no": lambda applicant: mask_account(applicant.account_no) if applicant.account_no else "",
    "spouse_id_no": _spouse_id_no,
}
