from applicants.models.access import ApplicantAccess
from applicants.models.applicant import Applicant, Phone
from applicants.models.business import Business
from applicants.models.call_back import CallBack
from applicants.models.code import SignInCode
from applicants.models.consent import Consent, Disclosure
from applicants.models.document import Document
from applicants.models.household import HouseholdMember
from applicants.models.mandate import ConfirmedPhone, Mandate
from applicants.models.party import Party
from applicants.models.party_consent import PartyConsent, PartyLink
from applicants.models.referral import Enrolment, EnrolmentMove, Placement
from applicants.models.registers import Course, HelpedMother, Mentor, TrainingBase, Workshop
from applicants.models.reminder_consent import ReminderConsent
from applicants.models.survey_ledger import SurveyedWoman

__all__ = [
    "Applicant",
    "ApplicantAccess",
    "Business",
    "CallBack",
    "ConfirmedPhone",
    "Consent",
    "Course",
    "Disclosure",
    "Document",
    "Enrolment",
    "EnrolmentMove",
    "HelpedMother",
    "HouseholdMember",
    "Mandate",
    "Mentor",
    "Party",
    "PartyConsent",
    "PartyLink",
    "Phone",
    "Placement",
    "ReminderConsent",
    "SignInCode",
    "SurveyedWoman",
    "TrainingBase",
    "Workshop",
]
