"""Who may know of a case, and who may move it: the same places decide both."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from accounts.models import Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from accounts.models.user import UserKind
from accounts.permissions import acting_membership, live_memberships, may
from accounts.roles import MACHINE_PERMISSIONS, OWN_CASE, Role
from applicants.documents import OF_OTHER_PEOPLE
from applicants.models import Consent, Disclosure, Mandate
from applicants.models.document import DocumentKind
from records.models.machine import Authority
from workflows.states import HERS_ALONE, State

if TYPE_CHECKING:
    from workflows.models.application import Application

NOTHING = Q(pk__in=[])

# These follow the case: only the office that holds it right now may do them.
OF_THE_HOLDER = frozenset(
    {
        "decline",
        "request_supplement",
        "request_second_supplement",
        "return_for_rework",
        "pause",
        "explain_delay",
        "assign",
    }
)
# These take her leave besides.
OF_A_HELPER = frozenset({"request_consent", "supply"})
OF_THE_GUARANTOR = frozenset({"guarantee", "check_guarantee", "refuse_guarantee"})
OF_THE_BANK = frozenset({"approve_loan", "refuse_loan", "sign", "disburse", "payout_failed"})
OF_THE_CITY = frozenset({"recommend", "unfreeze", "overturn", "settle_finding", "supervise", "decide_contest"})


def of_cases(user: User | AnonymousUser) -> Q:
    """The condition on applications under which the user sees them; nothing for whoever has no reason to."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    if user.kind == UserKind.APPLICANT:
        return Q(applicant__user=user)
    if user.kind == UserKind.MACHINE:
        assert user.acts_for is not None
        allowed = "view_case" in MACHINE_PERMISSIONS[user.acts_for.kind]
        return _of_office(user.acts_for) if allowed else NOTHING
    seen = _helped_by(user) if _is_helper(user) else NOTHING
    for membership in live_memberships(user):
        if membership.grants("view_case"):
            seen |= _of_office(membership.organisation)
    return seen


def hidden_kinds(user: User) -> tuple[DocumentKind, ...]:
    """The papers that are about other people: they agreed to the federation's looking, not to a partner's."""
    if user.kind == UserKind.APPLICANT:
        return ()
    offices = [user.acts_for] if user.acts_for else [one.organisation for one in live_memberships(user)]
    return () if any(one.kind == OrganisationKind.FEDERATION for one in offices) else OF_OTHER_PEOPLE


def authority_over(application: "Application", user: User, permission: str) -> Authority | None:
    """By what right the user may make a move on this case that asks for the permission; None where by none."""
    if user.kind == UserKind.APPLICANT:
        return Authority() if _is_her_own(application, user, permission) else None
    place = place_of(application, permission)
    if user.kind == UserKind.MACHINE:
        return Authority() if may(user, permission, place) else None
    membership = acting_membership(user, permission, place)
    if membership is None:
        return None
    takes_her_leave = membership.role == Role.HELPER or permission in OF_A_HELPER
    if takes_her_leave and not _is_helped_by(application, user, permission):
        return None
    return Authority(membership)


def place_of(application: "Application", permission: str) -> Organisation | Region:
    """Where a person must stand to use a permission on this case."""
    if permission in OF_THE_GUARANTOR:
        return application.guarantor
    if permission in OF_THE_BANK:
        return application.bank
    if permission in OF_THE_CITY:
        return application.city
    if permission in OF_THE_HOLDER:
        return holder_of(application, application.resume_state if _is_away(application) else application.state)
    return application.applicant.village or application.city


def holder_of(application: "Application", state: str) -> Organisation | Region:
    """Whose turn it is in a state: a region stands for its federation."""
    if state in (State.ELIGIBILITY, State.PUBLICITY, State.FROZEN):
        return application.city
    if state == State.GUARANTEE:
        return application.guarantor
    if state in (State.DISBURSEMENT, State.TERMS_OFFERED, State.SIGNING, State.PAYOUT):
        return application.bank
    return application.town


def _of_office(organisation: Organisation) -> Q:
    if organisation.kind == OrganisationKind.FEDERATION:
        below = Q(applicant__village__code__startswith=organisation.region.prefix)
        return below & ~Q(state__in=[str(state) for state in HERS_ALONE])
    disclosed = Exists(Disclosure.objects.filter(case_number=OuterRef("number"), organisation=organisation))
    live = Consent.objects.live().filter(applicant=OuterRef("applicant"), recipient=organisation.kind)
    # A loan that was paid out stays with those who carry it; before that her consent may end their sight.
    still_hers = Q(Exists(live)) | Q(state=str(State.DISBURSED))
    return (Q(guarantor=organisation) | Q(bank=organisation)) & Q(disclosed) & still_hers


def _is_helper(user: User) -> bool:
    return any(membership.grants("view_helped_case") for membership in live_memberships(user))


def _helped_by(helper: User) -> Q:
    """What she fills in, and after it was handed in what she was let see of it."""
    of_hers = Mandate.objects.standing().filter(helper=helper, applicant=OuterRef("applicant"))
    before = Q(Exists(of_hers), state__in=[str(state) for state in HERS_ALONE])
    return before | Q(Exists(of_hers.open_after_handing_in()))


def _is_helped_by(application: "Application", helper: User, permission: str) -> bool:
    """Whether the woman's leave covers it; whoever said 「不是我办的」, or ended it, gives none."""
    leave = Mandate.objects.standing().filter(helper=helper, applicant=application.applicant_id)
    return (leave.filter(may_supply=True) if permission == "supply" else leave).exists()


def _is_her_own(application: "Application", user: User, permission: str) -> bool:
    if application.applicant.user_id != user.pk or permission not in OWN_CASE:
        return False
    # Once handed in, only the town sends it back; before that it is hers to change.
    return permission != "send_back" or bool(application.state == State.AWAITING_CONSENT)


def _is_away(application: "Application") -> bool:
    return bool(application.state == State.SUPPLEMENT)
