"""Her answers as cards to check: what she wrote in words, numbers masked, and the way to change each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.web.parts import SummaryRow
from applicants.models import Applicant
from applicants.models.document import DocumentKind
from applicants.models.household import Relation
from loans.models.loan import Method
from loans.policy_wording import term_words
from loans.rule_wording import LOAN_KINDS
from workflows.models import Application
from workflows.web.apply import steps
from workflows.wording import money


@dataclass(frozen=True)
class Card:
    """One step's answers, for components/summary_card.html."""

    step: steps.Step
    rows: list[SummaryRow]

    @property
    def title(self) -> Promise | str:
        return self.step.label

    @property
    def change_url(self) -> str:
        return reverse(self.step.page) + "?from=review"


def cards_of(case: Application) -> list[Card]:
    """All answers but the consents, in the order of the steps."""
    answers = {
        steps.PERSONAL: _person(case.applicant),
        steps.AT_HOME: _situation(case.applicant),
        steps.PROJECT: _project(case),
        steps.REQUEST: _request(case),
        steps.USE: _uses(case),
        steps.ACCOUNT: _account(case),
        steps.PAPERS: _papers(case.applicant),
    }
    return [Card(step, [_row(step, label, value) for label, value in rows]) for step, rows in answers.items()]


def _row(step: steps.Step, label: str, value: str) -> SummaryRow:
    """Without a value it leads to where it is filled in."""
    return SummaryRow(label, value, url="" if value else reverse(step.page) + "?from=review")


def _person(her: Applicant) -> Iterator[tuple[str, str]]:
    yield _("姓名"), her.full_name
    yield _("身份证号"), her.masked_id_no
    if her.mobile:
        yield _("手机号"), her.masked_mobile
    village = her.village
    yield _("家在哪里"), f"{village.parent} {village} {her.address}".strip() if village else ""


def _situation(her: Applicant) -> Iterator[tuple[str, str]]:
    if not her.marital_status:
        yield _("家里情况"), ""
        return
    yield _("户口在本市"), _answer(her.registered_in_city)
    yield _("住在本市"), _answer(her.resides_in_city)
    yield _("吃财政工资或已退休"), _answer(her.on_public_payroll)
    yield _("婚姻"), her.get_marital_status_display()
    spouse = her.household.filter(relation=Relation.SPOUSE).first()
    if spouse is not None:
        yield _("爱人"), f"{spouse.full_name} {spouse.masked_id_no}"
    kinds = her.other_loans
    yield _("您和爱人的贷款"), _("不清楚") if kinds is None else _("、").join(str(LOAN_KINDS[kind]) for kind in kinds)
    yield _("还不上的贷款"), _answer(her.has_overdue_debt, yes=_("有"), no=_("没有"))


def _project(case: Application) -> Iterator[tuple[str, str]]:
    business = case.applicant.business
    yield _("做什么"), business.get_project_type_display()
    yield _("在哪里做"), business.site
    yield _("做了多久"), business.get_started_display()
    yield _("一年大概能挣"), business.get_income_band_display()
    yield _("能带动几个人"), "" if business.jobs is None else str(business.jobs)
    licence_no = f" {business.licence_no}" if business.licence_no else ""
    yield _("拿什么证明"), business.get_proof_display() + licence_no


def _request(case: Application) -> Iterator[tuple[str, str]]:
    yield _("贷多少"), money(case.amount_fen) if case.amount_fen else ""
    yield _("贷多久"), term_words(case.term_months) if case.term_months else ""
    yield _("怎么还"), str(Method(case.method).label) if case.method else ""


def _uses(case: Application) -> Iterator[tuple[str, str]]:
    if not case.use_rows:
        yield _("用途"), ""
    for row in case.use_rows:
        yield row["use"], money(row["amount_fen"])


def _account(case: Application) -> Iterator[tuple[str, str]]:
    her = case.applicant
    if her.account_no:
        yield _("钱打到"), f"{case.bank.short_name} {her.masked_account}"
    else:
        yield _("钱打到"), _("还没有卡，签约的时候办") if her.account_bank_id else ""


def _papers(her: Applicant) -> Iterator[tuple[str, str]]:
    counted = her.documents.kept().values_list("kind").annotate(Count("pk")).order_by("kind")
    by_kind = dict(counted)
    for kind in DocumentKind:
        if kind in by_kind:
            yield str(kind.label), _("%(count)s 张，已传好") % {"count": by_kind[kind]}
    if not by_kind:
        yield _("照片"), ""


def _answer(answer: object, *, yes: str = "", no: str = "") -> str:
    """Yes, no, or what nobody knows (None)."""
    words = {True: yes or _("是"), False: no or _("不是")}
    return words[bool(answer)] if answer is not None else _("不清楚")
