from loans.models.claim import ClaimTransition, SubsidyClaim
from loans.models.claim_line import ClaimLine, ClaimSegment, SubsidyRefund, SubsidyStop
from loans.models.collection_contact import CollectionContact
from loans.models.fund import FundMove, FundProposal
from loans.models.guarantee import CounterGuarantee, Guarantee, GuaranteeMove
from loans.models.instalment import Instalment
from loans.models.ledger import LedgerEntry
from loans.models.loan import Loan, LoanTransition
from loans.models.mutual_help import MutualHelp, MutualHelpFund, MutualHelpMove
from loans.models.payout import PayoutInstruction
from loans.models.plan_change import PlanChange
from loans.models.policy import Policy, Programme
from loans.models.policy_draft import PolicyDraft
from loans.models.pool import GuaranteePool, LeverageChange
from loans.models.repayment import Repayment
from loans.models.repayment_file import RepaymentFile, RepaymentFileRow, RepaymentRowAnswer
from loans.models.security import Security, SecurityPerson, SecurityRelease
from loans.models.write_off import WriteOff

__all__ = [
    "ClaimLine",
    "ClaimSegment",
    "ClaimTransition",
    "CollectionContact",
    "CounterGuarantee",
    "FundMove",
    "FundProposal",
    "Guarantee",
    "GuaranteeMove",
    "GuaranteePool",
    "Instalment",
    "LedgerEntry",
    "LeverageChange",
    "Loan",
    "LoanTransition",
    "MutualHelp",
    "MutualHelpFund",
    "MutualHelpMove",
    "PayoutInstruction",
    "PlanChange",
    "Policy",
    "PolicyDraft",
    "Programme",
    "Repayment",
    "RepaymentFile",
    "RepaymentFileRow",
    "RepaymentRowAnswer",
    "Security",
    "SecurityPerson",
    "SecurityRelease",
    "SubsidyClaim",
    "SubsidyRefund",
    "SubsidyStop",
    "WriteOff",
]
