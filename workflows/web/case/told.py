"""What she told: her project, how the money is to be used, her situation and her spouse."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from loans.models.loan import Method
from loans.rule_wording import LOAN_KINDS
from workflows.models import Application
from workflows.people_in_words import household_in_words
from workflows.web.case.head import request_in_words
from workflows.web.case.lines import Line, Masks, spouse_of
from workflows.wording import money


def project_lines(application: Application) -> Iterator[Line]:
    business = application.applicant.business
    yield Line(_("申请"), request_in_words(application), str(Method(application.method).label))
    yield Line(_("做什么"), str(business.get_project_type_display()))
    yield Line(_("在哪里做"), business.site)
    yield Line(_("做了多久"), str(business.get_started_display()))
    yield Line(_("一年能挣"), str(business.get_income_band_display()))
    if business.jobs is not None:
        yield Line(_("带动"), _("%(jobs)s 人") % {"jobs": business.jobs})
    if business.licence_no:
        yield Line(_("信用代码"), business.licence_no)


def use_lines(application: Application) -> list[Line]:
    """What each part of the money is for."""
    return [Line(row["use"], money(row["amount_fen"])) for row in application.use_rows]


def household_lines(application: Application, masks: Masks) -> Iterator[Line]:
    applicant = application.applicant
    yield Line(_("户口在本市"), _answer(applicant.registered_in_city))
    yield Line(_("常住本市"), _answer(applicant.resides_in_city))
    yield Line(_("财政工资、退休"), _answer(applicant.on_public_payroll))
    yield Line(_("夫妻现有贷款"), _loans(applicant.other_loans))
    yield Line(_("有还不上的"), _answer(applicant.has_overdue_debt))
    if applicant.marital_status:
        yield Line(_("婚姻"), str(applicant.get_marital_status_display()))
    spouse = spouse_of(applicant)
    if spouse is not None:
        yield Line(_("爱人"), spouse.full_name)
        yield masks.line("spouse_id_no")
    others = household_in_words(applicant)
    if others:
        yield Line(_("家里还有谁"), others)


def _answer(known: bool | None) -> str:  # noqa: FBT001 - it is the answer itself
    return _("没说") if known is None else _("是") if known else _("不是")


def _loans(kinds: list[str] | None) -> str:
    if kinds is None:
        return _("没说")
    return _("、").join(str(LOAN_KINDS.get(kind, kind)) for kind in kinds) or _("没有贷款")
