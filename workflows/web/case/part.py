"""What of a case an office may see: what she agreed to hand over to it, and no more (applicants/consents.py)."""

from dataclasses import dataclass

from accounts.models import User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import live_memberships
from applicants.models.party import PartyRole
from workflows.models import Application


@dataclass(frozen=True)
class Part:
    """`reveals`: the masked values that may be looked at whole; the others aren't even shown masked."""

    reveals: frozenset[str]
    people: frozenset[PartyRole] = frozenset()  # of those who answer for the loan or are counted with her
    has_household: bool = False  # her situation, her spouse, cases that resemble hers
    has_findings: bool = False
    has_survey: bool = False
    has_follow_ups: bool = False  # visits after the money


FEDERATION = Part(
    frozenset({"id_no", "mobile", "account_no", "spouse_id_no"}),
    people=frozenset(PartyRole),
    has_household=True,
    has_findings=True,
    has_survey=True,
    has_follow_ups=True,
)
# As each of them agreed (applicants/party_texts.py): who vouches is the guarantor's business, not the bank's.
GUARANTOR = Part(frozenset({"id_no"}), people=frozenset({PartyRole.PARTNER, PartyRole.GUARANTOR}), has_survey=True)
BANK = Part(frozenset({"id_no", "mobile", "account_no"}), people=frozenset({PartyRole.PARTNER}), has_follow_ups=True)


def part_of(application: Application, user: User) -> Part | None:
    """The part of the first office that she works for and that has the case; None for everybody else."""
    for membership in live_memberships(user):
        if not membership.grants("view_case"):
            continue
        if membership.organisation.kind == OrganisationKind.FEDERATION:
            assert application.applicant.village is not None, "what was handed in says where she lives"
            if membership.covers(application.applicant.village):
                return FEDERATION
        elif membership.organisation_id == application.guarantor_id:
            return GUARANTOR
        elif membership.organisation_id == application.bank_id:
            return BANK
    return None
