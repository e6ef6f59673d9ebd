"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from loans.web.calc import calc
from loans.web.check import check
from loans.web.finance import finance
from loans.web.finance_moves import finance_proposal, finance_propose
from loans.web.guide import guide
from loans.web.pool import pool, pools

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide", guide, name="guide"),
    path("check", check, name="check"),
    path("check/<slug:step>", check, name="check_step"),
    path("calc", calc, name="calc"),
    path("pool", pools, name="pools"),
    path("pool/<int:pool_id>", pool, name="pool"),
    path("finance", finance, name="finance"),
    path("finance/<int:pool_id>/new", finance_propose, name="finance_propose"),
    path("finance/proposals/<int:proposal_id>", finance_proposal, name="finance_proposal"),
]
