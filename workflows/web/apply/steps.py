"""The steps of an application in their order, and how far each has come."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.documents import required_kinds
from workflows import form_steps
from workflows.completeness import completeness, needed_consents
from workflows.form_steps import USES_DIFFER, FormStep
from workflows.models import Application
from workflows.wording import money

REVIEW = "apply_review"


@dataclass(frozen=True)
class Step:
    """One step of the form; `page` is the name of its address."""

    name: FormStep
    page: str
    label: Promise | str

    @property
    def number(self) -> int:
        return form_steps.number_of(self.name)


CONSENT = Step(FormStep.CONSENT, "apply_consent", gettext_lazy("同意书"))
PERSONAL = Step(FormStep.PERSON, "apply_person", gettext_lazy("关于您"))
AT_HOME = Step(FormStep.SITUATION, "apply_situation", gettext_lazy("家里情况"))
PROJECT = Step(FormStep.PROJECT, "apply_project", gettext_lazy("您的项目"))
REQUEST = Step(FormStep.AMOUNT, "apply_amount", gettext_lazy("要贷多少"))
USE = Step(FormStep.USE, "apply_use", gettext_lazy("钱怎么用"))
ACCOUNT = Step(FormStep.ACCOUNT, "apply_account", gettext_lazy("收款账户"))
OTHERS = Step(FormStep.PEOPLE, "apply_people", gettext_lazy("家人和担保人"))
PAPERS = Step(FormStep.DOCUMENTS, "apply_documents", gettext_lazy("材料照片"))
STEPS = (CONSENT, PERSONAL, AT_HOME, PROJECT, REQUEST, USE, ACCOUNT, OTHERS, PAPERS)


@dataclass(frozen=True)
class Progress:
    """How far an application has come; `missing` are the codes of what it lacks."""

    application: Application
    missing: tuple[str, ...]
    is_by_helper: bool

    def is_done(self, step: Step) -> bool:
        if step is ACCOUNT:
            return self.application.applicant.account_bank_id is not None
        if step is OTHERS and (self.lacking(AT_HOME) or not self.application.amount_fen):
            # Who is needed can't be told before.
            return False
        return not self.lacking(step)

    def lacking(self, step: Step) -> list[str]:
        """What the step still lacks, out of what the whole application lacks."""
        return [code for code in self.missing if form_steps.step_of(code) == step.name]

    def is_open_to(self, step: Step) -> bool:
        """Her consents are hers to give: a helper passes over that step."""
        return not (self.is_by_helper and step is CONSENT)

    @property
    def steps(self) -> list[Step]:
        return [step for step in STEPS if self.is_open_to(step)]

    @property
    def done_count(self) -> int:
        return sum(self.is_done(step) for step in self.steps)

    @property
    def is_ready(self) -> bool:
        """Whether it may be looked over and handed in; a card can be opened at signing."""
        return all(self.is_done(step) for step in self.steps if step is not ACCOUNT)

    def next_after(self, step: Step | None) -> Step | None:
        """The next step to fill in: the first unfinished one after this, else the first of the others."""
        left = [one for one in self.steps if not self.is_done(one) and one is not step]
        after = [one for one in left if step is None or one.number > step.number]
        return next(iter(after or left), None)

    def status(self, step: Step) -> str:
        """「已完成」「还没填」「填到一半」, or what says more."""
        if step is ACCOUNT and not self.is_done(step):
            return _("还没填，没有卡也行")
        if USES_DIFFER in self.lacking(step):
            return _("和要贷的对不上")
        if self.is_done(step):
            return _("已完成")
        if step is OTHERS and all(code.endswith("_consent") for code in self.lacking(step)):
            return _("等他们同意")
        return _("填到一半") if self._has_begun(step) else _("还没填")

    def note(self, step: Step) -> str:
        """What was filled in, where one line can say it."""
        application = self.application
        if step is REQUEST and application.amount_fen and application.term_months:
            return _("%(amount)s，%(months)s 个月") % {
                "amount": money(application.amount_fen),
                "months": application.term_months,
            }
        if step is PAPERS:
            lacking = len(self.lacking(PAPERS))
            sent = len(required_kinds(application.applicant)) - lacking
            if lacking and sent:
                return _("已传好 %(sent)s 样，还差 %(lacking)s 样") % {"sent": sent, "lacking": lacking}
        if step is ACCOUNT and application.applicant.account_no:
            return application.applicant.masked_account
        return ""

    def _has_begun(self, step: Step) -> bool:
        """Whether some of a step is there and some isn't."""
        application = self.application
        whole = {
            CONSENT: len(needed_consents(application)),
            PERSONAL: 4,
            PROJECT: 6,
            PAPERS: len(required_kinds(application.applicant)),
        }
        return len(self.lacking(step)) < whole.get(step, 1)


def progress_of(application: Application, *, is_by_helper: bool) -> Progress:
    return Progress(application, completeness(application), is_by_helper=is_by_helper)
