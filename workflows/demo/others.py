"""The people whom the demo's women name: who vouches for the large sums, who is in business with whom."""

from datetime import date, datetime
from typing import Final

from stdnum.iso7064 import mod_11_2

from applicants import parties, party_consents
from applicants.identity import read_id_no
from applicants.models import Applicant
from applicants.models.applicant import SuretyWay
from applicants.models.party import Liability, SuretyKind, Tie
from applicants.parties import Partner, Surety
from workflows import people
from workflows.demo.women import GIVEN, GIVEN_OF_MEN, SURNAMES, Woman
from workflows.models import Application

# Of every so many women one is in business with somebody.
PARTNER_EVERY: Final = 9
HOUSEHOLDS: Final = (
    (("in_law", "farming"), ("child", "pupil")),
    (("parent", "at_home"),),
    (("in_law", "farming"), ("in_law", "retired"), ("child", "pupil"), ("child", "wages")),
    (),
)
KINDS: Final = ((SuretyKind.PERSON, Tie.RELATIVE), (SuretyKind.CADRE, Tie.NEIGHBOUR), (SuretyKind.WAGE, Tie.FRIEND))


def tell_of_them(draft: Application, woman: Woman, *, at: datetime) -> None:
    """Household, partner, and whoever vouches, as her trade and the amount need them."""
    her, number = draft.applicant, _number_of(woman)
    parties.save_household(her, HOUSEHOLDS[number % len(HOUSEHOLDS)])
    has_partner = number % PARTNER_EVERY == 0 and draft.policy.partners_max > 0
    parties.save_has_partners(her, has_partners=has_partner)
    if has_partner:
        people.keep_partner(draft, _partner(number, on=at.date()), at=at)
    if (draft.amount_fen or 0) >= draft.policy.counter_guarantee_from_fen:
        parties.save_surety_way(her, way=SuretyWay.PERSON)
        people.keep_surety(draft, _surety(number, on=at.date()), at=at)


def let_them_agree(draft: Application, *, at: datetime) -> None:
    """Each on their own phone."""
    her = Applicant.objects.get(pk=draft.applicant_id)
    for whom in party_consents.not_agreed(her, amount_fen=draft.amount_fen):
        party_consents.give(her, whom, amount_fen=draft.amount_fen, at=at)


def _partner(number: int, *, on: date) -> Partner:
    return Partner(
        full_name=SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 7 + 3) % len(GIVEN)],
        id_no=read_id_no(_id_no(date(1988, 5, 1 + number % 28), sequence=800 + number % 99 * 2), on=on),
        mobile=f"1392{number:07d}",
        share_percent=40,
        liability=Liability.JOINT,
        on_public_payroll=False,
    )


def _surety(number: int, *, on: date) -> Surety:
    kind, tie = KINDS[number % len(KINDS)]
    return Surety(
        full_name=SURNAMES[number * 3 % len(SURNAMES)] + GIVEN_OF_MEN[number * 5 % len(GIVEN_OF_MEN)],
        id_no=read_id_no(_id_no(date(1975, 8, 1 + number % 28), sequence=401 + number % 99 * 2), on=on),
        mobile=f"1393{number:07d}",
        kind=kind,
        tie=tie,
    )


def _id_no(birth_on: date, *, sequence: int) -> str:
    """Area 990000, which is no place."""
    body = f"990000{birth_on:%Y%m%d}{sequence:03d}"
    return body + str(mod_11_2.calc_check_digit(body))


def _number_of(woman: Woman) -> int:
    """Her place among the demo's women, which her made-up phone ends in."""
    return int(woman.mobile[-7:])
