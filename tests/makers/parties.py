"""People whom an application names besides her, all of them made up."""

from datetime import date, datetime
from itertools import count

from applicants import parties
from applicants.identity import read_id_no
from applicants.models import Applicant, Party
from applicants.models.applicant import SuretyWay
from applicants.models.party import Liability, SuretyKind, Tie
from applicants.parties import Partner, Surety
from tests.makers.people import OPENED_AT
from tests.makers.women import an_id_no

_numbers = count(1)


def a_partner(applicant: Applicant, *, share_percent: int = 30, most: int = 9, at: datetime = OPENED_AT) -> Party:
    """Somebody of another household who is in business with her; not asked yet."""
    parties.save_has_partners(applicant, has_partners=True)
    return parties.save_partner(applicant, partner_given(share_percent=share_percent), most=most, at=at)


def a_surety(applicant: Applicant, *, at: datetime = OPENED_AT) -> Party:
    """A relative who vouches for her; not asked yet."""
    parties.save_surety_way(applicant, way=SuretyWay.PERSON)
    return parties.save_surety(applicant, surety_given(), at=at)


def partner_given(*, share_percent: int = 30, number: int | None = None) -> Partner:
    number = number or next(_numbers)
    return Partner(
        full_name="合伙人甲",
        id_no=read_id_no(an_id_no(number, birth_on=date(1990, 2, 2)), on=OPENED_AT.date()),
        mobile=f"136{number:08d}",
        share_percent=share_percent,
        liability=Liability.JOINT,
        on_public_payroll=False,
    )


def surety_given(*, number: int | None = None) -> Surety:
    number = number or next(_numbers)
    return Surety(
        full_name="担保人甲",
        id_no=read_id_no(an_id_no(number, birth_on=date(1975, 5, 5), is_female=False), on=OPENED_AT.date()),
        mobile=f"137{number:08d}",
        kind=SuretyKind.PERSON,
        tie=Tie.RELATIVE,
    )
