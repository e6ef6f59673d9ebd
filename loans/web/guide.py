"""办事指南 under the official headings, every figure of it from the policy in force."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from accounts.models.organisation import OrganisationKind
from accounts.models.region import RegionLevel
from accounts.web.parts import Fact
from loans import policy_wording
from loans.models import Policy
from loans.models.loan import Method
from loans.spoken_money import money
from loans.web.offered import under_the_policy


@dataclass(frozen=True)
class Stage:
    """One step of the way, who takes it, and the working days that it has."""

    name: str
    who: str
    days: int | None


@login_not_required
@require_safe
@under_the_policy
def guide(request: HttpRequest, policy: Policy, today: date) -> HttpResponse:
    context = {
        "policy": policy,
        "programme": policy.programme,
        "terms": _terms(policy),
        "conditions": policy_wording.conditions(policy, on=today),
        "stages": _stages(policy),
        "forecast": import_string(settings.FORECAST)(policy.programme),
        "starts_when": policy_wording.starts_when(policy),
        "pauses": policy_wording.pauses(policy).values(),
        "which_way": policy_wording.which_way(policy),
        "towns": _town_federations(),
    }
    return render(request, "loans/guide.html", context)


def _terms(policy: Policy) -> list[Fact]:
    least, most = money(policy.amount_min_fen), money(policy.amount_max_fen)
    terms = [policy_wording.term_words(months) for months in policy.term_options]
    methods = [str(Method(method).label) for method in policy.method_options]
    return [
        Fact(_("金额"), _("%(least)s到 %(most)s") % {"least": least, "most": most}),
        Fact(_("期限"), _("、").join(terms)),
        Fact(_("还款方式"), _("、").join(methods)),
        Fact(_("年利率"), policy_wording.rate(policy)),
        Fact(_("贴息"), str(policy_wording.SUBSIDY[policy.subsidy_regime])),
        Fact(_("逾期怎么算"), policy_wording.what_late_money_costs(policy)),
        Fact(_("提前还怎么办"), policy_wording.what_early_money_does(policy)),
        Fact(_("一生最多"), _("%(times)s 次") % {"times": policy.lifetime_loans_max}),
    ]


def _stages(policy: Policy) -> list[Stage]:
    guarantee = [Stage(_("担保审批"), _("担保公司"), policy.guarantee_days)] if policy.has_guarantor_stage else []
    return [
        Stage(_("交申请"), _("您自己，或村妇联主席代办"), None),
        Stage(_("看材料"), _("镇妇联"), policy.intake_days),
        Stage(_("走访调查"), _("镇妇联到家里看看"), policy.survey_days),
        Stage(_("资格审查"), _("市妇联"), policy.eligibility_days),
        *guarantee,
        Stage(_("审批、签字、放款"), _("农信"), policy.bank_days),
    ]


def _town_federations() -> list[Organisation]:
    """The federations of the towns, in the order of their codes."""
    federations = Organisation.objects.filter(
        kind=OrganisationKind.FEDERATION, region__level=RegionLevel.TOWN, is_active=True
    )
    return list(federations.select_related("region").order_by("region__code"))
