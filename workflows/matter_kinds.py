"""What a woman may put to an office beside her application: who answers it, and within how many working days."""

from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MatterKind(TextChoices):
    APPEAL = "appeal", _("申请复核")
    DOUBT = "doubt", _("钱没到，或不是本人在用")
    COMPLAINT = "complaint", _("投诉")
    EARLY_REPAYMENT = "early_repayment", _("提前还款")
    EXTENSION = "extension", _("展期")
    # Not her word but the federation's: what a visit after the money found.
    MISUSE = "misuse", _("钱没有照计划用")


@dataclass(frozen=True)
class Rule:
    """Who answers a kind of matter: somebody of these offices who holds the permission there.

    `is_apart`: whoever had a part in the case doesn't answer. `is_for_all`: everybody who handles cases there hears
    of it, not the heads alone. The days are the offices' own promise; no statute sets them.
    """

    offices: tuple[Literal["city", "bank"], ...]
    days: int
    permission: str = "answer_her"
    is_apart: bool = False
    is_for_all: bool = False


RULES: Final[dict[str, Rule]] = {
    MatterKind.APPEAL: Rule(("city",), days=10, permission="overturn", is_apart=True),
    MatterKind.DOUBT: Rule(("city", "bank"), days=1, is_for_all=True),
    MatterKind.COMPLAINT: Rule(("city",), days=5, is_apart=True),
    MatterKind.EARLY_REPAYMENT: Rule(("bank",), days=3, is_for_all=True),
    # The guarantor's word comes first, and without its yes the bank can't give one.
    MatterKind.EXTENSION: Rule(("bank",), days=5, is_for_all=True),
    MatterKind.MISUSE: Rule(("bank", "city"), days=5, is_for_all=True),
}
APART: Final = tuple(str(kind) for kind, rule in RULES.items() if rule.is_apart)
# Asked for, and therefore granted or refused; the others are answered.
REQUESTS: Final = (MatterKind.APPEAL, MatterKind.EARLY_REPAYMENT, MatterKind.EXTENSION)
OF_THE_LOAN: Final = (MatterKind.EARLY_REPAYMENT, MatterKind.EXTENSION)
# Told by the offices to each other; she reads neither the question nor the answer as her own.
AMONG_OFFICES: Final = (MatterKind.MISUSE,)
