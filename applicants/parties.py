"""The people besides her whom an application names: her household, partners, and those who vouch for her.

Each of the named ones agrees for themselves (`applicants.party_consents`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from applicants.identity import ResidentId, mask_id_no, mask_mobile, mask_name
from applicants.models import Applicant, HouseholdMember, Party
from applicants.models.applicant import SuretyWay
from applicants.models.household import Relation
from applicants.models.party import Liability, PartyRole, SuretyKind, Tie
from applicants.profiles import NamedAlready, check_named_once, id_index
from applicants.sign_in import mobile_index
from records.refusals import Refusal

HOUSEHOLD_MAX: Final = 12
SURETIES_MAX: Final = 3
# She keeps a part of her own business.
SHARES_MAX: Final = 99
SPOUSE_KEY: Final = "spouse"


class TooManyOfThem(Refusal):
    """More people than the policy, or a form, has room for."""

    code = "too_many_people"
    status = 422
    message = _("人写满了。先删掉一位再加。")


class SharesTooLarge(Refusal):
    """What the partners hold leaves nothing to her."""

    code = "shares_too_large"
    status = 422
    message = _("合伙人占的加起来不能到 100%，您自己要留一份。")


@dataclass(frozen=True)
class Named:
    """One person who has to agree; `key` is how addresses of the form name them."""

    role: PartyRole
    key: str
    full_name: str
    id_no: str
    id_index: str
    mobile: str

    @property
    def masked_name(self) -> str:
        return mask_name(self.full_name)

    @property
    def masked_id_no(self) -> str:
        return mask_id_no(self.id_no)

    @property
    def masked_mobile(self) -> str:
        return mask_mobile(self.mobile) if self.mobile else ""


@dataclass(frozen=True)
class Partner:
    full_name: str
    id_no: ResidentId
    mobile: str
    share_percent: int
    liability: Liability
    on_public_payroll: bool | None


@dataclass(frozen=True)
class Surety:
    """Somebody who vouches for her to the guarantor."""

    full_name: str
    id_no: ResidentId
    mobile: str
    kind: SuretyKind
    tie: Tie


def named_in(applicant: Applicant) -> list[Named]:
    """Everybody named, her spouse first. Uses what was prefetched."""
    spouses = [one for one in applicant.household.all() if one.relation == Relation.SPOUSE]
    rows: list[tuple[PartyRole, str, HouseholdMember | Party]] = [
        *((PartyRole.SPOUSE, SPOUSE_KEY, one) for one in spouses),
        *((PartyRole(one.role), str(one.pk), one) for one in applicant.parties.all()),
    ]
    return [Named(role, key, one.full_name, one.id_no, one.id_index, one.mobile) for role, key, one in rows]


def save_mobile(applicant: Applicant, whom: Named, *, mobile: str) -> None:
    """The phone to which somebody's link goes."""
    index = mobile_index(mobile) if mobile else ""
    if whom.role == PartyRole.SPOUSE:
        applicant.household.filter(relation=Relation.SPOUSE).update(mobile=mobile, mobile_index=index)
    else:
        applicant.parties.filter(pk=whom.key).update(mobile=mobile, mobile_index=index)


def add_household_member(applicant: Applicant, *, relation: str, occupation: str) -> HouseholdMember:
    """Somebody of the household without a name: who it is to her, and what they live on. Raises TooManyOfThem."""
    assert relation != Relation.SPOUSE, "her spouse is kept with her situation"
    if applicant.household.count() >= HOUSEHOLD_MAX:
        raise TooManyOfThem
    return HouseholdMember.objects.create(applicant=applicant, relation=relation, occupation=occupation)


def save_household(applicant: Applicant, members: Sequence[tuple[str, str]]) -> None:
    """The whole household but her spouse, as pairs of relation and occupation. Raises TooManyOfThem."""
    applicant.household.exclude(relation=Relation.SPOUSE).delete()
    for relation, occupation in members:
        add_household_member(applicant, relation=relation, occupation=occupation)


def save_partner(applicant: Applicant, partner: Partner, *, most: int, at: datetime, pk: int | None = None) -> Party:
    """A partner, new or (by `pk`) changed. Raises NamedAlready, TooManyOfThem, SharesTooLarge."""
    others = applicant.parties.filter(role=PartyRole.PARTNER).exclude(pk=pk or 0)
    if len(others) >= most:
        raise TooManyOfThem
    if sum(one.share_percent or 0 for one in others) + partner.share_percent > SHARES_MAX:
        raise SharesTooLarge
    row = _row(applicant, PartyRole.PARTNER, partner, pk=pk, at=at)
    row.share_percent, row.liability = partner.share_percent, partner.liability
    row.on_public_payroll = partner.on_public_payroll
    row.save()
    return row


def save_surety(applicant: Applicant, surety: Surety, *, at: datetime, pk: int | None = None) -> Party:
    """Somebody who vouches, new or (by `pk`) changed. Raises NamedAlready, TooManyOfThem."""
    if applicant.parties.filter(role=PartyRole.GUARANTOR).exclude(pk=pk or 0).count() >= SURETIES_MAX:
        raise TooManyOfThem
    row = _row(applicant, PartyRole.GUARANTOR, surety, pk=pk, at=at)
    row.kind, row.tie = surety.kind, surety.tie
    row.save()
    return row


def remove(applicant: Applicant, whom: Named) -> None:
    """Nobody stays named who doesn't want to, or isn't wanted any more; nothing is kept of who they were."""
    if whom.role == PartyRole.SPOUSE:
        applicant.household.filter(relation=Relation.SPOUSE).delete()
    else:
        applicant.parties.filter(pk=whom.key).delete()


def save_has_partners(applicant: Applicant, *, has_partners: bool) -> None:
    """Alone or together; alone, nobody stays named as a partner."""
    applicant.business.has_partners = has_partners
    applicant.business.save(update_fields=["has_partners"])
    if not has_partners:
        applicant.parties.filter(role=PartyRole.PARTNER).delete()


def save_surety_way(applicant: Applicant, *, way: SuretyWay) -> None:
    """How she means to secure the guarantor; with anything but a person, nobody stays named."""
    applicant.surety_way = way
    applicant.save(update_fields=["surety_way"])
    if way != SuretyWay.PERSON:
        applicant.parties.filter(role=PartyRole.GUARANTOR).delete()


def _row(applicant: Applicant, role: PartyRole, given: Partner | Surety, *, pk: int | None, at: datetime) -> Party:
    """The row with who it is; its role's own columns are the caller's."""
    index = id_index(given.id_no.text)
    check_named_once(applicant, given.id_no, but=pk)
    spouse = applicant.household.filter(relation=Relation.SPOUSE, id_index=index)
    if index == applicant.id_index or spouse.exists():
        raise NamedAlready
    row = applicant.parties.get(pk=pk, role=role) if pk else Party(applicant=applicant, role=role, added_at=at)
    row.full_name, row.id_no, row.id_index = given.full_name, given.id_no.text, index
    row.mobile, row.mobile_index = given.mobile, mobile_index(given.mobile) if given.mobile else ""
    return row
