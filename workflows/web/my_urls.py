"""Where she follows her case: the answer, what she has to do, her papers, her loan."""

from django.urls import path

from workflows.web.my.access import MyAccess
from workflows.web.my.asked_once import MyArrival, MyRating
from workflows.web.my.calendar import MyCalendar
from workflows.web.my.case import MyCase, my
from workflows.web.my.consent import MyConsent
from workflows.web.my.documents import MyDocuments
from workflows.web.my.loan import MyLoan
from workflows.web.my.moves import MyMove
from workflows.web.my.reminders import MyReminders
from workflows.web.my.say import MySay
from workflows.web.my.supplement import MySupplement
from workflows.web.my.village import MyVillage

urlpatterns = [
    path("my", my, name="my"),
    path("my/<str:number>", MyCase.as_view(), name="my_case"),
    path("my/<str:number>/supplement", MySupplement.as_view(), name="my_supplement"),
    path("my/<str:number>/documents", MyDocuments.as_view(), name="my_documents"),
    path("my/<str:number>/access", MyAccess.as_view(), name="my_access"),
    path("my/<str:number>/consents/<slug:recipient>", MyConsent.as_view(), name="my_consent"),
    path("my/<str:number>/days.ics", MyCalendar.as_view(), name="my_calendar"),
    path("my/<str:number>/village", MyVillage.as_view(), name="my_village"),
    path("my/<str:number>/loan", MyLoan.as_view(), name="my_loan"),
    path("my/<str:number>/reminders", MyReminders.as_view(), name="my_reminders"),
    path("my/<str:number>/moves/<slug:move>", MyMove.as_view(), name="my_move"),
    path("my/<str:number>/arrival", MyArrival.as_view(), name="my_arrival"),
    path("my/<str:number>/rating", MyRating.as_view(), name="my_rating"),
    path("my/<str:number>/say/<slug:kind>", MySay.as_view(), name="my_say"),
]
