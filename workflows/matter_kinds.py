"""What a woman may put to an office beside her application: who answers it, and within how many working days."""

from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MatterKind(TextChoices):
    APPEAL = "appeal", _("申请复核")


@dataclass(frozen=True)
class Rule:
    """Who answers a kind of matter: somebody of this office who holds the permission there.

    `is_apart`: whoever had a part in the case doesn't answer. The days are the office's own promise; no statute sets
    them.
    """

    office: Literal["city", "bank"]
    permission: str
    days: int
    is_apart: bool = False


RULES: Final[dict[str, Rule]] = {
    MatterKind.APPEAL: Rule("city", "overturn", days=10, is_apart=True),
}
APART: Final = tuple(str(kind) for kind, rule in RULES.items() if rule.is_apart)
