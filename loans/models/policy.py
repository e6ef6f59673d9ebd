from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from records.models import Decision


class Programme(models.Model):
    """One line of help with rules of its own, such as the subsidised start-up loan of a city."""

    code = models.SlugField(_("代码"), unique=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    # 石妇贷 in 石妇贷〔2026〕00012.
    paper_prefix = models.CharField(_("文号字头"), max_length=10)

    class Meta:
        verbose_name = _("项目")

    def __str__(self) -> str:
        return self.name


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self, on: date) -> "PolicyQuerySet":
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class PromiseStart(models.TextChoices):
    TOWN_ACCEPT = "town_accept", _("镇妇联受理")
    CITY_RECOMMEND = "city_recommend", _("市妇联推荐")


class ResidenceRule(models.TextChoices):
    REGISTERED = "registered", _("本市户口")
    RESIDENT = "resident", _("常住本市")
    EITHER = "either", _("本市户口或常住本市")


class SubsidyPayment(models.TextChoices):
    REFUND = "refund", _("先付后退")
    WAIVED = "waived", _("直接免")


class RestDayRule(models.TextChoices):
    """The rules of loans.due_dates by their names there."""

    STAY = "stay", _("不变")
    NEXT_WORKING_DAY = "next_working_day", _("顺延到下一个工作日")
    PREVIOUS_WORKING_DAY = "previous_working_day", _("提前到上一个工作日")


class AllocationOrder(models.TextChoices):
    """The orders of loans.penalty by their names there."""

    PENALTY_FIRST = "penalty_first", _("罚息、利息、本金")
    INTEREST_FIRST = "interest_first", _("利息、罚息、本金")


class Policy(models.Model):
    """One version of a programme's rules: every figure that a city may set differently, valid from a day on.

    Eligibility goes by the policy of the day of application, rates and subsidy by that of the contract.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="policies")
    version = models.CharField(_("版本"), max_length=30)
    document_no = models.CharField(_("文号"), max_length=60)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="policy")

    # Terms
    amount_min_fen = models.PositiveBigIntegerField(_("最低金额（分）"))
    amount_max_fen = models.PositiveBigIntegerField(_("最高金额（分）"))
    amount_step_fen = models.PositiveBigIntegerField(_("金额的整数倍（分）"))
    term_options = models.JSONField(_("期限（月）"))
    method_options = models.JSONField(_("还款方式"))
    frequency = models.CharField(_("还款频率"), max_length=10)
    settlement_day = models.PositiveSmallIntegerField(_("结息日"), null=True)
    rest_day_rule = models.CharField(
        _("还款日遇到休息日"), max_length=20, choices=RestDayRule, default=RestDayRule.STAY
    )
    day_count = models.CharField(_("计息基础"), max_length=12)
    lpr_ppm = models.PositiveIntegerField(_("LPR（百万分之一）"))
    lpr_on = models.DateField(_("LPR 日期"))
    margin_ppm = models.IntegerField(_("加点（百万分之一）"))

    # Eligibility
    requires_woman = models.BooleanField(_("面向妇女"), default=True)
    age_min = models.PositiveSmallIntegerField(_("最小年龄"))
    age_max = models.PositiveSmallIntegerField(_("最大年龄"))
    allowed_other_loans = models.JSONField(_("可以有的其他贷款"))
    residence_rule = models.CharField(
        _("户口或居住"), max_length=10, choices=ResidenceRule, default=ResidenceRule.EITHER
    )
    excludes_public_payroll = models.BooleanField(_("不含财政供养和退休人员"), default=True)
    excluded_projects = models.JSONField(_("不支持的项目"), default=list)
    excluded_industries = models.JSONField(_("不支持的行业代码开头"), default=list)
    accepted_business_evidence = models.JSONField(_("认可的经营证明"), default=list)
    age_at_maturity_max = models.PositiveSmallIntegerField(_("到期时最大年龄"), null=True)
    one_loan_per_household = models.BooleanField(_("一户一贷"), default=False)
    lifetime_loans_max = models.PositiveSmallIntegerField(_("一生最多几次"))
    # Besides her; none means that nobody is asked about partners.
    partners_max = models.PositiveSmallIntegerField(_("最多几个合伙人"), default=0)
    clauses = models.JSONField(_("条款"))

    # Subsidy and guarantee
    subsidy_regime = models.CharField(_("贴息办法"), max_length=2)
    subsidy_payment = models.CharField(_("贴息方式"), max_length=8, choices=SubsidyPayment)
    # Who bears the subsidy, in millionths that sum to one million: {"province": 400000, "city": 600000}.
    funding_shares = models.JSONField(_("资金分担"))
    loss_share_ppm = models.PositiveIntegerField(_("基金承担损失（百万分之一）"))
    compensation_after_days = models.PositiveSmallIntegerField(_("逾期几天可代偿"))
    two_person_guarantee_from_fen = models.PositiveBigIntegerField(_("担保多少起要两人（分）"))
    counter_guarantee_from_fen = models.PositiveBigIntegerField(_("多少起要反担保（分）"))

    # Late and early money. Penalty interest is a share of the contract rate, on top of it.
    penalty_margin_ppm = models.PositiveIntegerField(_("罚息加收（合同利率的百万分之一）"), default=0)
    charges_compound_interest = models.BooleanField(_("逾期利息计收复利"), default=False)
    allocation_order = models.CharField(
        _("还款冲抵顺序"), max_length=20, choices=AllocationOrder, default=AllocationOrder.PENALTY_FIRST
    )
    principal_first_after_days = models.PositiveSmallIntegerField(_("逾期超过几天先冲本金"), null=True)
    held_before_due_days = models.PositiveSmallIntegerField(_("到期前几天内的还款留到到期日"), default=0)
    # Five classes of risk: from how many days overdue each begins. An assumption of the policy, not a law's figure.
    special_mention_from_days = models.PositiveSmallIntegerField(_("逾期几天起关注"), default=1)
    substandard_from_days = models.PositiveSmallIntegerField(_("逾期几天起次级"), default=91)
    doubtful_from_days = models.PositiveSmallIntegerField(_("逾期几天起可疑"), default=271)
    loss_from_days = models.PositiveSmallIntegerField(_("逾期几天起损失"), default=361)
    # How long a claim can be sued for after the last step on it (民法典 188 条、195 条).
    limitation_years = models.PositiveSmallIntegerField(_("诉讼时效几年"), default=3)

    # Clock, in working days unless the name says otherwise
    promise_days = models.PositiveSmallIntegerField(_("承诺工作日"))
    promise_start = models.CharField(_("从何时起算"), max_length=15, choices=PromiseStart)
    intake_days = models.PositiveSmallIntegerField(_("收件看材料"))
    survey_days = models.PositiveSmallIntegerField(_("走访调查"))
    eligibility_days = models.PositiveSmallIntegerField(_("资格审查"))
    guarantee_days = models.PositiveSmallIntegerField(_("担保审批"))
    bank_days = models.PositiveSmallIntegerField(_("银行审批到放款"))
    publicity_days = models.PositiveSmallIntegerField(_("公示"), default=0)
    has_guarantor_stage = models.BooleanField(_("有担保环节"), default=True)
    visitors_min = models.PositiveSmallIntegerField(_("走访至少几人"))
    supplement_days = models.PositiveSmallIntegerField(_("补材料几个工作日"))
    signing_days = models.PositiveSmallIntegerField(_("签约几个工作日"))
    draft_calendar_days = models.PositiveSmallIntegerField(_("草稿保留几天"))
    consent_hours = models.PositiveSmallIntegerField(_("确认链接几小时有效"))
    waitlist_calendar_days = models.PositiveSmallIntegerField(_("排队最多几天"))
    appeal_calendar_days = models.PositiveSmallIntegerField(_("几天内可申请复核"))

    objects = PolicyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("政策")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(name="a_policy_version_is_unique", fields=["programme", "version"]),
            models.UniqueConstraint(name="one_policy_starts_a_day", fields=["programme", "valid_from"]),
            models.CheckConstraint(
                name="policy_amounts_go_from_least_to_most_in_steps",
                condition=Q(amount_min_fen__gt=0, amount_step_fen__gt=0, amount_max_fen__gte=F("amount_min_fen")),
            ),
            models.CheckConstraint(
                name="policy_ages_go_from_least_to_most", condition=Q(age_min__gte=18, age_max__gte=F("age_min"))
            ),
            models.CheckConstraint(
                name="residence_counts_by_a_known_rule",
                condition=Q(residence_rule__in=["registered", "resident", "either"]),
            ),
            models.CheckConstraint(
                name="due_dates_move_by_a_known_rule",
                condition=Q(rest_day_rule__in=["stay", "next_working_day", "previous_working_day"]),
            ),
            models.CheckConstraint(name="loss_share_is_at_most_the_whole", condition=Q(loss_share_ppm__lte=1_000_000)),
            models.CheckConstraint(
                name="penalty_interest_is_at_most_the_contract_rate_again",
                condition=Q(penalty_margin_ppm__lte=1_000_000),
            ),
            models.CheckConstraint(
                name="payments_are_counted_in_a_known_order",
                condition=Q(allocation_order__in=["penalty_first", "interest_first"]),
            ),
            models.CheckConstraint(
                name="a_payment_waits_a_month_at_most_for_its_due_date", condition=Q(held_before_due_days__lte=31)
            ),
            models.CheckConstraint(
                name="classes_of_risk_go_from_fewer_days_to_more",
                condition=Q(
                    special_mention_from_days__gt=0,
                    substandard_from_days__gt=F("special_mention_from_days"),
                    doubtful_from_days__gt=F("substandard_from_days"),
                    loss_from_days__gt=F("doubtful_from_days"),
                ),
            ),
            models.CheckConstraint(
                name="a_claim_lapses_after_one_to_twenty_years",
                condition=Q(limitation_years__gte=1, limitation_years__lte=20),
            ),
            models.CheckConstraint(
                name="stage_budgets_fit_the_promise",
                condition=Q(
                    promise_days__gte=F("survey_days") + F("eligibility_days") + F("guarantee_days") + F("bank_days")
                )
                | Q(promise_start="city_recommend"),
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def annual_rate_ppm(self) -> int:
        """The contract rate of a new loan: LPR plus the regional margin."""
        return self.lpr_ppm + self.margin_ppm
