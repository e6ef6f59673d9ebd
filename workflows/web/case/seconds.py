"""Acts of two people that wait for the second: a large guarantee, a payment."""

from loans.models import PayoutInstruction
from workflows.models import Application, GuaranteeProposal


def open_proposal_of(application: Application) -> GuaranteeProposal | None:
    """The guarantee that one officer put forward and another has to decide."""
    proposals = application.guarantee_proposals.filter(is_open=True)
    return proposals.select_related("decision__proposed_by", "application").first()


def instruction_of(application: Application) -> PayoutInstruction | None:
    """The payout instruction that is written, or out; those that failed or were dropped are history."""
    if application.loan_id is None:
        return None
    out = PayoutInstruction.objects.filter(loan=application.loan_id, failed_at__isnull=True, dropped_at__isnull=True)
    return out.select_related("decision__proposed_by", "decision__decided_by", "loan").first()
