"""The addresses under which she, or her helper, fills in an application, and says yes to it."""

from django.urls import path

from workflows.web.apply.account import AccountPage
from workflows.web.apply.consent import ConsentPage
from workflows.web.apply.documents import DocumentsPage
from workflows.web.apply.done import apply_calendar, apply_done, apply_receipt, apply_receipt_picture
from workflows.web.apply.hub import apply
from workflows.web.apply.people import PeoplePage
from workflows.web.apply.people_asking import AskPage, ConsentPaper
from workflows.web.apply.people_pages import HouseholdPage, PartnerPage, SuretyPage, SuretyWayPage, TogetherPage
from workflows.web.apply.person import PersonPage
from workflows.web.apply.project import ProjectPage
from workflows.web.apply.request import AmountPage, UsePage
from workflows.web.apply.review import ReviewPage
from workflows.web.apply.situation import SituationPage
from workflows.web.apply.slip import SlipPage
from workflows.web.confirm import confirm, confirm_done
from workflows.web.documents import case_document, case_thumbnails
from workflows.web.helper.doorstep import helper_slip
from workflows.web.helper.due import helper_due
from workflows.web.helper.pages import helper, helper_leave, helper_new
from workflows.web.helper.supplement import HelperSupplement
from workflows.web.helper.survey import helper_survey, helper_survey_row
from workflows.web.helper.verify import helper_verify, helper_verify_one, helper_verify_paper
from workflows.web.party import party, party_done

urlpatterns = [
    path("apply", apply, name="apply"),
    path("apply/consent", ConsentPage.as_view(), name="apply_consent"),
    path("apply/person", PersonPage.as_view(), name="apply_person"),
    path("apply/person/<slug:question>", PersonPage.as_view(), name="apply_person"),
    path("apply/situation", SituationPage.as_view(), name="apply_situation"),
    path("apply/situation/<slug:question>", SituationPage.as_view(), name="apply_situation"),
    path("apply/project", ProjectPage.as_view(), name="apply_project"),
    path("apply/project/<slug:question>", ProjectPage.as_view(), name="apply_project"),
    path("apply/amount", AmountPage.as_view(), name="apply_amount"),
    path("apply/amount/<slug:question>", AmountPage.as_view(), name="apply_amount"),
    path("apply/use", UsePage.as_view(), name="apply_use"),
    path("apply/account", AccountPage.as_view(), name="apply_account"),
    path("apply/people", PeoplePage.as_view(), name="apply_people"),
    path("apply/people/household", HouseholdPage.as_view(), name="apply_household"),
    path("apply/people/together", TogetherPage.as_view(), name="apply_together"),
    path("apply/people/partner", PartnerPage.as_view(), name="apply_partner"),
    path("apply/people/partner/<int:party>", PartnerPage.as_view(), name="apply_partner_change"),
    path("apply/people/surety", SuretyWayPage.as_view(), name="apply_surety_way"),
    path("apply/people/guarantor", SuretyPage.as_view(), name="apply_surety"),
    path("apply/people/guarantor/<int:party>", SuretyPage.as_view(), name="apply_surety_change"),
    path("apply/people/<str:key>/ask", AskPage.as_view(), name="apply_people_ask"),
    path("apply/people/<str:key>/paper", ConsentPaper.as_view(), name="apply_people_paper"),
    path("apply/documents", DocumentsPage.as_view(), name="apply_documents"),
    path("apply/review", ReviewPage.as_view(), name="apply_review"),
    path("apply/slip", SlipPage.as_view(), name="apply_slip"),
    path("apply/<str:number>/done", apply_done, name="apply_done"),
    path("apply/<str:number>/receipt", apply_receipt, name="apply_receipt"),
    path("apply/<str:number>/receipt.png", apply_receipt_picture, name="apply_receipt_picture"),
    path("apply/<str:number>/due.ics", apply_calendar, name="apply_calendar"),
    path("case/<str:number>/documents/<int:document_id>", case_document, name="case_document"),
    path("case/<str:number>/thumbnails", case_thumbnails, name="case_thumbnails"),
    path("c/<str:token>", confirm, name="confirm"),
    path("c/<str:token>/done", confirm_done, name="confirm_done"),
    path("p/<str:token>", party, name="party"),
    path("p/<str:token>/done", party_done, name="party_done"),
    path("helper", helper, name="helper"),
    path("helper/new", helper_new, name="helper_new"),
    path("helper/due", helper_due, name="helper_due"),
    path("helper/survey", helper_survey, name="helper_survey"),
    path("helper/survey/<int:row_id>", helper_survey_row, name="helper_survey_row"),
    path("helper/<str:number>/leave", helper_leave, name="helper_leave"),
    path("helper/<str:number>/supplement", HelperSupplement.as_view(), name="helper_supplement"),
    path("helper/verify", helper_verify, name="helper_verify"),
    path("helper/verify/<int:mandate_id>/slip", helper_slip, name="helper_slip"),
    path("helper/verify/<int:mandate_id>", helper_verify_one, name="helper_verify_one"),
    path("helper/verify/<int:mandate_id>/papers/<int:document_id>", helper_verify_paper, name="helper_verify_paper"),
]
