"""Which papers a case has, which move brings which, and what makes one of them void."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import OrganisationKind
from records.models import Transition
from workflows.states import FINAL, State


class PaperKind(TextChoices):
    ACCEPTANCE = "acceptance", _("受理通知书")
    SUPPLEMENT = "supplement", _("补正告知书")
    RECOMMENDATION = "recommendation", _("推荐表")
    GUARANTEE = "guarantee", _("担保函")
    APPROVAL = "approval", _("审批表")
    REFUSAL = "refusal", _("不予通过告知书")
    DISBURSEMENT = "disbursement", _("放款通知书")


ISSUED_BY: Final[dict[str, PaperKind]] = {
    "accept": PaperKind.ACCEPTANCE,
    "send_back": PaperKind.SUPPLEMENT,
    "request_supplement": PaperKind.SUPPLEMENT,
    "recommend": PaperKind.RECOMMENDATION,
    "guarantee": PaperKind.GUARANTEE,
    "approve_loan": PaperKind.APPROVAL,
    "decline": PaperKind.REFUSAL,
    "refuse_guarantee": PaperKind.REFUSAL,
    "refuse_loan": PaperKind.REFUSAL,
    "disburse": PaperKind.DISBURSEMENT,
}

# What the partners are shown of a case's papers, besides those that they issued themselves: what is addressed to
# them, and says no more than she agreed to hand over to them.
FOR_PARTNERS: Final[dict[str, tuple[PaperKind, ...]]] = {
    OrganisationKind.GUARANTOR: (PaperKind.RECOMMENDATION, PaperKind.GUARANTEE),
    OrganisationKind.BANK: (
        PaperKind.RECOMMENDATION,
        PaperKind.GUARANTEE,
        PaperKind.APPROVAL,
        PaperKind.DISBURSEMENT,
    ),
}
# A helper brings her the letters that ask for something; what was decided is hers to tell.
FOR_HELPERS: Final = (PaperKind.ACCEPTANCE, PaperKind.SUPPLEMENT)

_PROMISES: Final = (PaperKind.RECOMMENDATION, PaperKind.GUARANTEE, PaperKind.APPROVAL)
_SENT_BACK_TO: Final[dict[str, tuple[PaperKind, ...]]] = {
    State.GUARANTEE: (PaperKind.GUARANTEE,),
    State.ELIGIBILITY: (PaperKind.RECOMMENDATION,),
}


def issued_by(row: Transition) -> PaperKind | None:
    """The paper that a move brings. What she herself sends back to her own form needs none."""
    if row.move == "send_back" and row.source != State.SUBMITTED:
        return None
    return ISSUED_BY.get(row.move)


def voided_by(row: Transition) -> tuple[PaperKind, ...]:
    """The papers that a move takes the ground from: a promise of a case that is over, a no that was reversed."""
    if row.move == "overturn":
        return (PaperKind.REFUSAL,)
    if row.move == "return_for_rework":
        return _SENT_BACK_TO.get(row.target, ())
    return _PROMISES if row.target in FINAL and row.target != State.DISBURSED else ()
