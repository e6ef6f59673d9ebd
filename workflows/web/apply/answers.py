"""Her answers as cards to check: what she wrote in words, numbers masked, and the way to change each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.web.parts import SummaryRow
from applicants.models import Applicant
from applicants.models.applicant import MaritalStatus
from applicants.models.business import Proof
from applicants.models.document import DocumentKind
from applicants.models.household import Relation
from loans.models.loan import Method
from loans.policy_wording import term_words
from loans.rule_wording import LOAN_KINDS
from loans.spoken_money import in_figures
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.people_rows import people_rows
from workflows.web.apply.questions import QUESTIONS, question_of
from workflows.wording import money

# What was asked, in a word; the answer, empty while there is none; the field that holds it.
Answer = tuple[str, str, str]


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
        """Where a step of one page is changed; with one question a page each answer has its own."""
        return "" if self.step in BY_QUESTION else _changed_at(reverse(self.step.page))


BY_QUESTION: Final = {one.step for one in QUESTIONS}


def cards_of(case: Application) -> list[Card]:
    """All answers but the consents, in the order of the steps."""
    asked = {
        steps.PERSONAL: _person(case.applicant),
        steps.AT_HOME: _situation(case.applicant),
        steps.PROJECT: _project(case),
        steps.REQUEST: _request(case),
    }
    on_one_page = {
        steps.USE: _uses(case),
        steps.ACCOUNT: _account(case),
        steps.OTHERS: people_rows(case),
        steps.PAPERS: _papers(case.applicant),
    }
    return [
        *(Card(step, [_changeable(*answer) for answer in answers]) for step, answers in asked.items()),
        *(Card(step, [_row(step, *answer) for answer in answers]) for step, answers in on_one_page.items()),
    ]


def _changeable(label: str, value: str, field: str) -> SummaryRow:
    return SummaryRow(label, value, url=_changed_at(question_of(field).url) if field else "")


def _row(step: steps.Step, label: str, value: str) -> SummaryRow:
    """Without a value it leads to where it is filled in."""
    return SummaryRow(label, value, url="" if value else _changed_at(reverse(step.page)))


def _changed_at(address: str) -> str:
    return f"{address}?from=review"


def _person(her: Applicant) -> Iterator[Answer]:
    yield _("姓名"), her.full_name, "full_name"
    yield _("身份证号"), her.masked_id_no, "id_no"
    if her.mobile:
        # The phone that she signs in by: changed by signing in with another one.
        yield _("手机号"), her.masked_mobile, ""
    village = her.village
    yield _("村（社区）"), f"{village.parent} {village}" if village else "", "village"
    yield _("组、门牌号"), her.address or _("没写"), "address"


def _situation(her: Applicant) -> Iterator[Answer]:
    if not her.marital_status:
        yield _("家里情况"), "", "registered_in_city"
        return
    yield _("户口在本市"), _answer(her.registered_in_city), "registered_in_city"
    yield _("住在本市"), _answer(her.resides_in_city), "resides_in_city"
    yield _("吃财政工资或已退休"), _answer(her.on_public_payroll), "on_public_payroll"
    kinds = her.other_loans
    loans = _("不清楚") if kinds is None else _("、").join(str(LOAN_KINDS[kind]) for kind in kinds)
    yield _("您和爱人的贷款"), loans, "other_loans"
    yield _("还不上的贷款"), _answer(her.has_overdue_debt, yes=_("有"), no=_("没有")), "has_overdue_debt"
    yield _("婚姻"), her.get_marital_status_display(), "marital_status"
    if her.marital_status == MaritalStatus.MARRIED:
        spouse = her.household.filter(relation=Relation.SPOUSE).first()
        yield _("爱人"), f"{spouse.full_name} {spouse.masked_id_no}" if spouse else "", "spouse_name"


def _project(case: Application) -> Iterator[Answer]:
    business = case.applicant.business
    yield _("做什么"), business.get_project_type_display(), "project_type"
    yield _("在哪里做"), business.site, "site"
    yield _("做了多久"), business.get_started_display(), "started"
    yield _("一年大概能挣"), business.get_income_band_display(), "income_band"
    yield _("能带动几个人"), "" if business.jobs is None else str(business.jobs), "jobs"
    yield _("拿什么证明"), business.get_proof_display(), "proof"
    if business.proof == Proof.LICENCE:
        yield _("信用代码"), business.licence_no or _("没写"), "licence_no"


def _request(case: Application) -> Iterator[Answer]:
    amount = _("%(spoken)s，就是 %(figures)s")
    names = {"spoken": money(case.amount_fen), "figures": in_figures(case.amount_fen)} if case.amount_fen else {}
    yield _("贷多少"), amount % names if names else "", "amount"
    yield _("贷多久"), term_words(case.term_months) if case.term_months else "", "term_months"
    yield _("怎么还"), str(Method(case.method).label) if case.method else "", "method"


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
