"""What the forms say: the recommendation, and the approval with every office's opinion.

They go to guarantor and bank, and hold no more than she agreed to hand over to them (applicants/consents.py): of the
rules what was concluded, of the visit what the town makes of it, and neither her household nor what was seen there.
"""

from dataclasses import dataclass

from django.utils import timezone

from applicants.age import full_years
from loans import rule_wording
from loans.models import Loan
from loans.money import format_yuan
from workflows import findings
from workflows.deadlines import office_of
from workflows.models import Application, ApplicationTransition, AssessedFinding, SurveyReport
from workflows.models.application import Source
from workflows.models.early_opinion import OpinionKind
from workflows.models.finding import FindingOutcome
from workflows.models.survey import Voluntary
from workflows.papers import wording
from workflows.papers.wording import Words, ended

_VOLUNTARY = {Voluntary.YES: "本人自愿", Voluntary.NO: "本人不愿意", Voluntary.UNSURE: "是否自愿说不清"}


@dataclass(frozen=True)
class Opinion:
    """What one office says in a form, who signs for it, and when it said so."""

    office: str
    label: str
    words: str
    role: str
    signed_by: str
    on: str


def recommendation(application: Application, row: ApplicationTransition) -> Words:
    """The city's recommendation to guarantor and bank: her application, every rule, both opinions."""
    return _application(application) | {
        "findings": [_finding(one) for one in findings.current(application)],
        "opinions": [_town(application), _city(application, row)],
    }


def approval(application: Application, row: ApplicationTransition) -> Words:
    """The whole course in one form: town, city, guarantor where there is one, bank."""
    recommended = application.log.filter(move="recommend").order_by("version").last()
    guaranteed = application.log.filter(move="guarantee").order_by("version").last()
    assert recommended is not None, "the bank approves what was recommended"
    opinions = [_town(application), _city(application, recommended)]
    if application.policy.has_guarantor_stage:
        assert guaranteed is not None, "where the policy has a guarantor, the bank comes after it"
        opinions.append(_guarantor(application, guaranteed))
    return _application(application) | {
        "mobile": wording.starred(application.applicant.masked_mobile),
        "opinions": [*opinions, _bank(application, row)],
    }


def _application(application: Application) -> Words:
    applicant, policy = application.applicant, application.policy
    business, village = applicant.business, applicant.village
    assert application.submitted_at is not None
    assert application.amount_fen is not None
    assert village is not None
    submitted_on = timezone.localdate(application.submitted_at)
    birth_on = applicant.birth_on
    return {
        "city": application.city.name,
        "programme": application.programme.name,
        "case_number": application.number,
        "policy_version": wording.close(policy.version),
        "name": applicant.full_name,
        "sex": "女" if applicant.id_no[16:17] in "02468" else "男",
        "age": f"{full_years(birth_on, submitted_on)}岁" if birth_on else "",
        "id_no": wording.starred(applicant.masked_id_no),
        "address": f"{application.city.name}{application.town.name}{village.name}{wording.close(applicant.address)}",
        "project": business.get_project_type_display(),
        "jobs": f"{business.jobs}人" if business.jobs is not None else "",
        "site": business.site,
        "started": wording.close(business.get_started_display()),
        "proof": business.get_proof_display(),
        "amount": wording.amount(application.amount_fen),
        "term": f"{application.term_months}个月",
        "method": wording.method(application.method, frequency=policy.frequency),
        "uses": _uses(application),
        "rate": wording.rate(annual_rate_ppm=policy.annual_rate_ppm, lpr_ppm=policy.lpr_ppm),
        "subsidy": wording.subsidy(policy),
        "filled_in": _filled_in(application),
        "submitted_on": wording.day(submitted_on),
    }


def _uses(application: Application) -> str:
    """添灶台30,000.00元；冰柜、桌椅20,000.00元."""
    return "；".join(f"{row['use']}{format_yuan(row['amount_fen'])}元" for row in application.use_rows)


def _filled_in(application: Application) -> str:
    assert application.submitted_at is not None
    moment = timezone.localtime(application.submitted_at)
    when = f"{wording.day(moment.date())}{moment:%H:%M}"
    if application.source == Source.SELF:
        return f"本人填写，{when}提交"
    return f"{application.filled_by.name}代填，{when}本人确认"


def _finding(one: AssessedFinding) -> Words:
    return {
        "rule": rule_wording.title(one.rule),
        "outcome": FindingOutcome(one.conclusion).label,
        "clause": wording.close(one.clause),
    }


def _town(application: Application) -> Opinion:
    report = application.survey_reports.order_by("pk").last()
    assert report is not None, "nobody is recommended unvisited"
    visitors = [visitor.user.name for visitor in report.visitors.select_related("user").order_by("user_id")]
    suggested = wording.amount(report.suggested_amount_fen)
    words = f"{wording.day(report.visited_on)}到家走访，{_seen(report)}。建议贷款{suggested}。"
    return Opinion(
        office=office_of(application.town).short_name,
        label="走访意见",
        words=words,
        role="走访人",
        signed_by="　".join(visitors),
        on=wording.day(timezone.localdate(report.recorded_at)),
    )


def _seen(report: SurveyReport) -> str:
    facts = (
        "见到本人" if report.met_in_person else "没见到本人",
        "人证一致" if report.identity_matches else "人证不一致",
        "项目属实" if report.business_is_real else "没看到经营",
        _VOLUNTARY[Voluntary(report.voluntary)],
    )
    return "，".join(facts)


def _city(application: Application, row: ApplicationTransition) -> Opinion:
    met = findings.current(application).count()
    return Opinion(
        office=office_of(application.city).short_name,
        label="审查意见",
        words=f"{met}项条件都已满足，同意推荐。{ended(row.reason) if row.reason else ''}",
        role="审查人",
        signed_by=row.by.name,
        on=_on(row),
    )


def _guarantor(application: Application, row: ApplicationTransition) -> Opinion:
    given = application.guarantee_given
    assert given is not None
    words = f"同意担保，金额{wording.amount(given.amount_fen)}。担保函号：{given.letter_no}。"
    counter = wording.counter_guarantees(given)
    return Opinion(
        office=application.guarantor.short_name,
        label="担保意见",
        words=words + (f"反担保：{counter}。" if counter else "") + (ended(row.reason) if row.reason else ""),
        role="经办人",
        signed_by=row.by.name,
        on=_on(row),
    )


def _bank(application: Application, row: ApplicationTransition) -> Opinion:
    loan = application.loan
    assert loan is not None, "the move carries the loan"
    credit = application.early_opinions.filter(kind=OpinionKind.CREDIT).order_by("pk").last()
    words = wording.terms(loan)
    if credit is not None:
        words += f"征信结论：{credit.get_outcome_display()}。"
    changes = _changes(application, loan)
    if changes:
        words += f"与申请不同：{'，'.join(changes)}。" + (f"原因：{ended(row.reason)}" if row.reason else "")
    return Opinion(
        office=application.bank.short_name,
        label="审批意见",
        words=words,
        role="审批人",
        signed_by=row.by.name,
        on=_on(row),
    )


def _changes(application: Application, loan: Loan) -> list[str]:
    """What the bank lends otherwise than she asked, old and new."""
    assert application.amount_fen is not None
    policy = application.policy
    asked = (
        ("金额", wording.yuan(application.amount_fen), wording.yuan(loan.amount_fen)),
        ("期限", f"{application.term_months}个月", f"{loan.term_months}个月"),
        (
            "还款方式",
            wording.method(application.method, frequency=policy.frequency),
            wording.method(loan.method, frequency=loan.frequency),
        ),
        (
            "年利率",
            wording.rate(annual_rate_ppm=policy.annual_rate_ppm, lpr_ppm=policy.lpr_ppm),
            wording.rate(annual_rate_ppm=loan.annual_rate_ppm, lpr_ppm=loan.lpr_ppm),
        ),
    )
    return [f"{name}由{old}改为{new}" for name, old, new in asked if old != new]


def _on(row: ApplicationTransition) -> str:
    return wording.day(timezone.localdate(row.at))
