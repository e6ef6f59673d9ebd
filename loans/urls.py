"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from loans.web.calc import calc
from loans.web.check import check
from loans.web.claims.claim import claim
from loans.web.claims.exports import claim_sheet
from loans.web.claims.forecast import claim_forecast, claim_forecast_sheet
from loans.web.claims.line import claim_line
from loans.web.claims.listing import claim_new, claims
from loans.web.claims.order import claim_order
from loans.web.claims.year import claim_year, claim_year_sheet
from loans.web.collecting.pages import overdue, overdue_loan
from loans.web.finance import finance
from loans.web.finance_moves import finance_proposal, finance_propose
from loans.web.guide import guide
from loans.web.leverage import leverage_change, leverage_propose
from loans.web.mutual_help.acts import mutual_help_donate, mutual_help_new, mutual_help_one
from loans.web.mutual_help.page import mutual_help, mutual_help_sheet
from loans.web.pool import pool, pools
from loans.web.pool_books import pool_accounts, pool_accounts_sheet, pool_fund_sheet
from loans.web.recoveries.acts import recovery_act
from loans.web.recoveries.decide import write_off
from loans.web.recoveries.listing import recoveries
from loans.web.recoveries.one import recovery
from loans.web.repayments.file import repayment_file
from loans.web.repayments.importing import repayments, repayments_sample
from loans.web.securities.one import security
from loans.web.securities.register import securities, securities_sheet

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide", guide, name="guide"),
    path("check", check, name="check"),
    path("check/<slug:step>", check, name="check_step"),
    path("calc", calc, name="calc"),
    path("pool", pools, name="pools"),
    path("pool/<int:pool_id>", pool, name="pool"),
    path("pool/<int:pool_id>/accounts", pool_accounts, name="pool_accounts"),
    path("pool/<int:pool_id>/accounts.xlsx", pool_accounts_sheet, name="pool_accounts_sheet"),
    path("pool/<int:pool_id>/fund.xlsx", pool_fund_sheet, name="pool_fund_sheet"),
    path("finance", finance, name="finance"),
    path("finance/<int:pool_id>/new", finance_propose, name="finance_propose"),
    path("finance/proposals/<int:proposal_id>", finance_proposal, name="finance_proposal"),
    path("finance/<int:pool_id>/leverage", leverage_propose, name="leverage_propose"),
    path("finance/leverage/<int:leverage_id>", leverage_change, name="leverage_change"),
    path("finance/write-offs/<int:write_off_id>", write_off, name="write_off"),
    path("recoveries", recoveries, name="recoveries"),
    path("recoveries/<str:loan_number>", recovery, name="recovery"),
    path("recoveries/<str:loan_number>/<slug:deed>", recovery_act, name="recovery_act"),
    path("securities", securities, name="securities"),
    path("securities.xlsx", securities_sheet, name="securities_sheet"),
    path("securities/<int:counter_id>", security, name="security"),
    path("partner/overdue", overdue, name="overdue"),
    path("partner/overdue/<str:loan_number>", overdue_loan, name="overdue_loan"),
    path("partner/repayments", repayments, name="repayments"),
    path("partner/repayments/sample.xlsx", repayments_sample, name="repayments_sample"),
    path("partner/repayments/<int:file_id>", repayment_file, name="repayment_file"),
    path("mutual-help", mutual_help, name="mutual_help"),
    path("mutual-help.xlsx", mutual_help_sheet, name="mutual_help_sheet"),
    path("mutual-help/donate", mutual_help_donate, name="mutual_help_donate"),
    path("mutual-help/new", mutual_help_new, name="mutual_help_new"),
    path("mutual-help/<int:help_id>", mutual_help_one, name="mutual_help_one"),
    path("subsidy", claims, name="claims"),
    path("subsidy/new", claim_new, name="claim_new"),
    path("subsidy/forecast", claim_forecast, name="claim_forecast"),
    path("subsidy/forecast.xlsx", claim_forecast_sheet, name="claim_forecast_sheet"),
    path("subsidy/years/<int:year>", claim_year, name="claim_year"),
    path("subsidy/years/<int:year>.xlsx", claim_year_sheet, name="claim_year_sheet"),
    path("subsidy/<int:claim_id>", claim, name="claim"),
    path("subsidy/<int:claim_id>.xlsx", claim_sheet, name="claim_sheet"),
    path("subsidy/<int:claim_id>/order", claim_order, name="claim_order"),
    path("subsidy/<int:claim_id>/rows/<int:line_id>", claim_line, name="claim_line"),
]
