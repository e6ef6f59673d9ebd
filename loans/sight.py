"""Who may know of a loan and of a pool."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from accounts.models import Organisation, User
from accounts.models.organisation import OrganisationKind
from accounts.models.user import UserKind
from accounts.permissions import live_memberships
from accounts.roles import MACHINE_PERMISSIONS
from applicants.models import Consent, Disclosure

NOTHING = Q(pk__in=[])


def of_loans(user: User | AnonymousUser) -> Q:
    """The condition on loans under which the user sees them: hers, her office's, or those of her region."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    if user.kind == UserKind.APPLICANT:
        return Q(applicant__user=user)
    seen = NOTHING
    for office in _offices_with(user, "view_case"):
        if office.kind == OrganisationKind.FEDERATION:
            seen |= Q(applicant__village__code__startswith=office.region.prefix)
        elif office.kind == OrganisationKind.BANK:
            seen |= Q(bank=office)
        elif office.kind == OrganisationKind.GUARANTOR:
            seen |= Q(guarantee__pool__guarantor=office)
    return seen


def of_statements(user: User | AnonymousUser) -> Q:
    """The loans of which the user may read what was paid: besides the above, the finance bureau those of its pools."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    seen = of_loans(user)
    if user.kind == UserKind.APPLICANT:
        return seen
    bureaus = [one for one in _offices_with(user, "view_pool") if one.kind == OrganisationKind.FINANCE]
    return seen | Q(guarantee__pool__finance__in=bureaus) if bureaus else seen


def of_guaranteed_cases(user: User | AnonymousUser) -> Q:
    """The condition on guarantees under which the user may open the case that each was given for.

    A partner sees a case that was handed to it, while her consent lasts or the loan is out.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    handed_over = Disclosure.objects.filter(case_number=OuterRef("case_number"))
    agreed = Consent.objects.live().filter(applicant=OuterRef("applicant"))
    seen = NOTHING
    for office in _offices_with(user, "view_case"):
        if office.kind == OrganisationKind.FEDERATION:
            seen |= Q(applicant__village__code__startswith=office.region.prefix)
            continue
        takes_part = Q(pool__guarantor=office) | Q(pool__bank=office)
        still_hers = Q(Exists(agreed.filter(recipient=office.kind))) | Q(loan__disbursed_on__isnull=False)
        seen |= takes_part & Q(Exists(handed_over.filter(organisation=office))) & still_hers
    return seen


def of_pools(user: User | AnonymousUser) -> Q:
    """The pools that the user's offices take part in; a city federation sees those of its region."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    seen = NOTHING
    for office in _offices_with(user, "view_pool"):
        seen |= Q(guarantor=office) | Q(bank=office) | Q(finance=office)
        if office.kind == OrganisationKind.FEDERATION:
            seen |= Q(finance__region=office.region)
    return seen


def recording_bank(user: User | AnonymousUser) -> Organisation | None:
    """The bank for which the user records repayments."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return next(iter(_offices_with(user, "record_repayment")), None)


def _offices_with(user: User, permission: str) -> list[Organisation]:
    if user.acts_for is not None:
        return [user.acts_for] if permission in MACHINE_PERMISSIONS[user.acts_for.kind] else []
    return [one.organisation for one in live_memberships(user) if one.grants(permission)]
