"""What must be true of the mutual-help fund, read again from its rows."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from loans.models import MutualHelp, MutualHelpFund, MutualHelpMove
from loans.models.mutual_help import MutualHelpMoveKind
from records.models.decision import Outcome


def findings() -> Iterator[str]:
    """Every broken invariant of the fund, one line each."""
    for fund in MutualHelpFund.objects.annotate(moved_fen=Sum("moves__amount_fen", default=0)):
        if fund.balance_fen != fund.moved_fen:
            yield f"mutual-help fund {fund.pk}: has {fund.balance_fen} fen, its rows sum to {fund.moved_fen}"
        if fund.balance_fen < 0:
            yield f"mutual-help fund {fund.pk}: is overdrawn"
    for one in MutualHelp.objects.annotate(moved_fen=Sum("moves__amount_fen", default=0)).filter(moved_fen__gt=0):
        yield f"mutual help {one.pk}: {one.moved_fen} fen more came back than went out"
    by_one = Q(help__decision__decided_by=F("help__decision__proposed_by"))
    agreed = Q(help__decision__outcome=Outcome.APPROVED) & ~by_one
    paid = MutualHelpMove.objects.filter(kind=MutualHelpMoveKind.HELP)
    for move in paid.exclude(agreed):
        yield f"mutual-help move {move.voucher_no}: two people have not agreed on it"
    in_register = Q(
        mother__amount_fen=-F("amount_fen"), mother__helped_on=F("value_on"), mother__village=F("help__village")
    )
    for move in paid.exclude(in_register):
        yield f"mutual-help move {move.voucher_no}: the register of mothers helped tells another thing"
