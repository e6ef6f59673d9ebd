import pytest

from applicants.models import Applicant, Business
from applicants.models.consent import Recipient
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import phone_user
from workflows import wording
from workflows.completeness import PEOPLE, SECTIONS, completeness, missing_in, section_of
from workflows.models import Application
from workflows.stages import intake


@pytest.fixture
def empty(offices, programme):
    """A draft of a woman who has told nothing yet."""
    user = phone_user("nobody")
    applicant = Applicant.objects.create(user=user, created_at=MONDAY)
    Business.objects.create(applicant=applicant)
    return intake.start(applicant, by=user, at=MONDAY)


def test_nothing_is_missing_from_a_form_filled_in_to_the_end(offices, programme):
    assert completeness(cases.a_draft(offices)) == ()


def test_an_empty_form_lacks_everything_in_the_order_of_its_sections(empty):
    codes = completeness(empty)
    # She names nobody yet, and no amount that would need somebody.
    assert [*dict.fromkeys(section_of(code) for code in codes)] == [one for one in SECTIONS if one != PEOPLE]
    assert missing_in(empty, "person") == ("person.full_name", "person.id_no", "person.village", "person.mobile")
    assert missing_in(empty, "consents") == tuple(f"consents.{one}" for one in Recipient)


def test_there_are_words_for_everything_that_can_be_missing(empty):
    assert all(wording.missing(empty, code) for code in completeness(empty))


def test_a_woman_whose_helper_fills_in_needs_no_phone(offices, programme):
    draft = cases.a_helped_draft(offices)
    Applicant.objects.filter(pk=draft.applicant.pk).update(mobile="", mobile_index="")
    assert missing_in(Application.objects.get(pk=draft.pk), "person") == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_fen": None}, "amount.amount"),
        ({"amount_fen": 20_000_000}, "amount.amount_out_of_range"),
        ({"amount_fen": 5_050_000}, "amount.amount_off_step"),
        ({"term_months": 13}, "amount.term_not_offered"),
        ({"method": ""}, "amount.method"),
        ({"use_rows": []}, "business.use_rows"),
    ],
)
def test_what_does_not_fit_the_policy_is_missing_too(offices, programme, changes, code):
    draft = cases.a_draft(offices)
    Application.objects.filter(pk=draft.pk).update(**changes)
    changed = Application.objects.get(pk=draft.pk)
    assert code in completeness(changed)
    assert wording.missing(changed, code)


def test_a_spouse_is_asked_of_a_married_woman_only(offices, programme):
    draft = cases.a_draft(offices)
    draft.applicant.household.all().delete()
    assert missing_in(draft, "situation") == ("situation.spouse",)
    Applicant.objects.filter(pk=draft.applicant.pk).update(marital_status="widowed")
    assert missing_in(Application.objects.get(pk=draft.pk), "situation") == ()
    Applicant.objects.filter(pk=draft.applicant.pk).update(marital_status="")
    assert missing_in(Application.objects.get(pk=draft.pk), "situation") == ("situation.marital_status",)
