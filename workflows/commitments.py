"""What was promised for a case and must be given back when it goes back or comes to nothing."""

from datetime import datetime

from accounts.models import User
from loans import guarantees, lending
from loans.models.loan import LoanState
from workflows.models import Application, GuaranteeProposal
from workflows.states import FINAL, State

# The second person may still decide here, or once the case is back.
_PROPOSALS_STAY = (State.GUARANTEE, State.SUPPLEMENT, State.FROZEN)


def follow(application: Application, *, move: str, by: User, at: datetime) -> None:
    """After a move: free the pool and drop the bank's promise where the case won't use them."""
    is_over = application.state in FINAL and application.state != State.DISBURSED
    if is_over or move == "return_for_rework":
        _give_back(application, by=by, at=at)
    if application.state not in _PROPOSALS_STAY:
        GuaranteeProposal.objects.filter(application=application, is_open=True).update(is_open=False)


def _give_back(application: Application, *, by: User, at: datetime) -> None:
    if application.loan is not None and application.loan.state == LoanState.APPROVED:
        application.loan = lending.cancel(application.loan, by=by, at=at)
    if application.guarantee_given is not None:
        give_back = guarantees.expire if application.state == State.EXPIRED else guarantees.void
        give_back(application.guarantee_given, by=by, at=at)
    if application.state not in FINAL:
        application.guarantee_given = None
        application.save(update_fields=["guarantee_given"])
