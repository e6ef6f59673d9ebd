"""One consent for each recipient; nothing is handed over without it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from applicants import consents
from applicants.models import Applicant, Consent, Disclosure
from applicants.models.consent import Recipient
from applicants.profiles import start_applicant
from tests.makers.people import office_tree, phone_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)


def a_stranger() -> Applicant:
    return start_applicant(phone_user("her"), at=AT)


def give(applicant, *recipients):
    consents.give(applicant, recipients=recipients, channel="phone", by=applicant.user, at=AT)


def test_a_consent_keeps_the_text_that_she_read():
    applicant = a_stranger()
    give(applicant, Recipient.BANK)
    given = Consent.objects.get()
    assert given.text_version == consents.TEXT_VERSION
    assert given.text_sha256 == consents.CONSENT_TEXTS[Recipient.BANK].sha256


def test_saying_yes_twice_is_one_yes():
    applicant = a_stranger()
    give(applicant, Recipient.BANK)
    give(applicant, Recipient.BANK, Recipient.FEDERATION)
    assert Consent.objects.count() == 2
    assert consents.missing(applicant) == [Recipient.GUARANTOR, Recipient.FINANCE]


def test_nothing_is_handed_to_an_office_that_she_did_not_agree_to():
    offices = office_tree()
    applicant = a_stranger()
    give(applicant, Recipient.BANK)
    with pytest.raises(consents.NoLiveConsent):
        consents.disclose(
            applicant, case_number="W2026-0001", organisation=offices.guarantor, by=offices.city_reviewer, at=AT
        )
    assert not Disclosure.objects.exists()


def test_a_consent_taken_back_allows_nothing_new():
    offices = office_tree()
    applicant = a_stranger()
    give(applicant, Recipient.GUARANTOR)
    consents.take_back(applicant, recipient=Recipient.GUARANTOR, at=AT)
    with pytest.raises(consents.NoLiveConsent):
        consents.disclose(
            applicant, case_number="W2026-0001", organisation=offices.guarantor, by=offices.city_reviewer, at=AT
        )


def test_the_same_case_is_handed_to_an_office_once():
    offices = office_tree()
    applicant = a_stranger()
    give(applicant, Recipient.GUARANTOR)
    for _ in range(2):
        consents.disclose(
            applicant, case_number="W2026-0001", organisation=offices.guarantor, by=offices.city_reviewer, at=AT
        )
    assert Disclosure.objects.count() == 1


def test_the_database_refuses_a_disclosure_under_another_recipients_consent():
    offices = office_tree()
    applicant = a_stranger()
    give(applicant, Recipient.BANK)
    with pytest.raises(IntegrityError, match="no_live_consent"), transaction.atomic():
        Disclosure.objects.create(
            applicant=applicant,
            case_number="W2026-0001",
            organisation=offices.guarantor,
            consent=Consent.objects.get(),
            disclosed_at=AT,
            disclosed_by=offices.city_reviewer,
        )


def test_every_recipient_has_a_text():
    assert set(consents.CONSENT_TEXTS) == set(Recipient)
