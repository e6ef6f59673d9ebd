from django.urls import path

from loans.api.claims import SubsidyClaimDetail, SubsidyClaims
from loans.api.money import LoanDetail, LoanSchedule, Pool, Pools
from loans.api.public import EligibilityCheck, LoanQuote
from loans.api.repayment_files import RepaymentFiles
from loans.api.repayments import Repayments
from loans.api.statements import LoanStatement

urlpatterns = [
    path("eligibility-checks", EligibilityCheck.as_view()),
    path("loan-quotes", LoanQuote.as_view()),
    path("guarantee-pools", Pools.as_view()),
    path("guarantee-pools/<int:pk>", Pool.as_view()),
    path("loans/<str:number>", LoanDetail.as_view()),
    path("loans/<str:number>/schedule", LoanSchedule.as_view()),
    path("loans/<str:number>/statement", LoanStatement.as_view()),
    path("loans/<str:number>/repayments", Repayments.as_view()),
    path("repayment-files", RepaymentFiles.as_view()),
    path("subsidy-claims", SubsidyClaims.as_view()),
    path("subsidy-claims/<int:pk>", SubsidyClaimDetail.as_view()),
]
