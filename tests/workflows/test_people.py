"""Nobody is handed in who hasn't agreed: by the list of what is missing, and by the database itself."""

import pytest

from applicants import party_consents
from applicants.models import Applicant, Party, PartyConsent
from applicants.parties import Partner, named_in
from records.refusals import Invalid
from tests.makers import cases
from tests.makers.cases import FIFTY_THOUSAND_FEN, MONDAY
from tests.makers.parties import a_partner, a_surety, partner_given, surety_given
from tests.makers.programme import a_programme
from tests.makers.women import a_woman, let_everybody_agree
from tests.workflows.past_the_engine import insert_move, refused
from workflows import people, wording
from workflows.completeness import missing_in
from workflows.models import Application
from workflows.separation import Kinship, check
from workflows.stages import intake

pytestmark = pytest.mark.django_db


def again(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)


def lacks(case: Application) -> tuple[str, ...]:
    """What is missing of the people; there are words for each."""
    codes = missing_in(again(case), "people")
    assert all(wording.missing(case, code) for code in codes)
    return codes


def test_her_spouse_agrees_for_himself(offices, programme):
    draft = cases.a_draft(offices)
    take_back(draft.applicant, "spouse")
    assert lacks(draft) == ("people.spouse_consent",)
    with pytest.raises(Invalid):
        cases.submit(again(draft))
    with refused("party_has_not_agreed"):
        insert_move(draft, "submit", "SUBMITTED", by=draft.applicant.user)
    let_everybody_agree(draft.applicant)
    assert cases.submit(again(draft)).state == "SUBMITTED"


def test_the_helper_does_not_hand_in_who_has_not_agreed(offices, programme):
    draft = cases.a_helped_draft(offices)
    take_back(draft.applicant, "spouse")
    with pytest.raises(Invalid):
        intake.request_consent(again(draft), by=offices.helper, at=MONDAY, version=None)


def test_partners_are_asked_about_where_the_policy_lets_them_borrow(offices):
    a_programme(offices, changes={"partners_max": 1})
    draft = cases.a_draft(offices)
    assert lacks(draft) == ("people.has_partners",)
    partner = a_partner(draft.applicant)
    assert lacks(draft) == ("people.partner_consent",)
    let_everybody_agree(draft.applicant)
    assert lacks(draft) == ()
    Party.objects.filter(pk=partner.pk).delete()
    assert lacks(draft) == ("people.partners",)


def test_no_more_partners_are_handed_in_than_the_policy_has_room_for(offices, programme):
    draft = cases.a_draft(offices)
    a_partner(draft.applicant)
    let_everybody_agree(draft.applicant)
    assert lacks(draft) == ("people.too_many_partners",)
    with refused("too_many_partners"):
        insert_move(draft, "submit", "SUBMITTED", by=draft.applicant.user)


def test_a_counter_guarantee_is_asked_for_from_an_amount_on(offices, programme):
    draft = cases.a_draft(offices, amount_fen=2_900_000)
    Applicant.objects.update(surety_way="")
    assert lacks(draft) == ()
    Application.objects.update(amount_fen=3_000_000)
    assert lacks(draft) == ("people.surety_way",)
    Applicant.objects.update(surety_way="person")
    assert lacks(draft) == ("people.sureties",)
    a_surety(again(draft).applicant)
    assert lacks(draft) == ("people.guarantor_consent",)


def test_who_vouched_for_less_is_asked_again(offices, programme):
    draft = cases.a_draft(offices)
    a_surety(draft.applicant)
    let_everybody_agree(draft.applicant, amount_fen=FIFTY_THOUSAND_FEN)
    assert lacks(draft) == ()
    Application.objects.update(amount_fen=FIFTY_THOUSAND_FEN + 100_000)
    assert lacks(draft) == ("people.guarantor_consent",)
    with refused("party_has_not_agreed"):
        insert_move(again(draft), "submit", "SUBMITTED", by=draft.applicant.user)


def test_other_terms_need_another_yes_and_the_same_ones_do_not(offices):
    a_programme(offices, changes={"partners_max": 2})
    draft, kept = cases.a_draft(offices), partner_given(number=801)
    people.keep_partners(draft, [kept], at=MONDAY)
    let_everybody_agree(again(draft).applicant)
    people.keep_partners(draft, [kept, partner_given(number=802)], at=MONDAY)
    assert waiting(draft) == ["partner"]
    people.keep_partners(draft, [Partner(**(vars(kept) | {"share_percent": 50}))], at=MONDAY)
    assert (waiting(draft), Party.objects.get().share_percent) == (["partner"], 50)


def test_sureties_that_are_given_again_stay_agreed(offices, programme):
    draft, kept = cases.a_draft(offices), surety_given(number=803)
    people.keep_sureties(draft, [kept], at=MONDAY)
    let_everybody_agree(again(draft).applicant)
    people.keep_sureties(draft, [kept], at=MONDAY)
    assert waiting(draft) == []


@pytest.mark.parametrize("what", ["id_index", "mobile_index"])
def test_who_vouches_for_her_does_not_handle_her_case(offices, programme, what):
    woman = a_woman(offices)
    case = cases.a_submitted_case(offices, applicant=woman)
    surety = a_surety(woman)
    setattr(offices.town_reviewer, what, getattr(surety, what))
    with pytest.raises(Kinship):
        check(case, "accept", by=offices.town_reviewer)


def test_a_consent_keeps_the_text_that_was_read(offices, programme):
    consent = PartyConsent.objects.filter(applicant=cases.a_draft(offices).applicant).get()
    assert (consent.text_version, len(consent.text_sha256)) == ("2026-1", 64)


def take_back(her: Applicant, role: str) -> None:
    for whom in named_in(her):
        if whom.role == role:
            party_consents.take_back(her, whom, at=MONDAY)


def waiting(draft: Application) -> list[str]:
    return [str(one.role) for one in party_consents.not_agreed(again(draft).applicant, amount_fen=draft.amount_fen)]
