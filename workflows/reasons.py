"""Reasons for a no: one to four, in the order of their weight, in words that she can use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from records.refusals import FieldError, Invalid
from workflows import findings
from workflows.models import Application, DeclineReason
from workflows.models.finding import FindingOutcome
from workflows.models.refusal import ReasonCode

MOST: Final = 4
WORDS_SHORTEST, WORDS_LONGEST = 10, 200

# The reason that a rule gives when it isn't met.
REASON_OF: Final[Mapping[str, ReasonCode]] = {
    "registered_or_resident": ReasonCode.RESIDENCE,
    "age": ReasonCode.AGE,
    "age_at_maturity": ReasonCode.AGE,
    "other_loans": ReasonCode.OTHER_LOANS,
    "one_loan_per_household": ReasonCode.OTHER_LOANS,
    "project_supported": ReasonCode.PROJECT,
    "use_of_funds_clear": ReasonCode.USE_UNCLEAR,
    "business_real": ReasonCode.NO_BUSINESS,
    "voluntary": ReasonCode.NOT_VOLUNTARY,
}

# What tells her nothing that she could mend. A text is too general when little is left without them.
_GENERAL = (
    "综合评定|综合评估|综合考虑|综合情况|经研究|经审核|经审查|经评估|研究决定|不符合|条件|要求|政策|规定|标准|资格|贷款|申请|审核|审查|评定|"
    "未能|未予|没有|没能|不予|不能|通过|批准|受理|不|未|没|您的|您|本次|这次|该|此|目前|暂时|相关|有关|情况|原因|因为|由于|所以|的|了|"
    "我们|我方|决定|很遗憾|遗憾|抱歉|谢谢|理解"
)
_EMPTY_WORDS: Final = re.compile(rf"{_GENERAL}|[^\w]|[_\d]")
_SPECIFIC_SHORTEST: Final = 4


@dataclass(frozen=True)
class Reason:
    """One reason: its kind, the words for her, and what she can do about it."""

    code: ReasonCode | str
    words: str
    advice: str


def check(reasons: Sequence[Reason]) -> None:
    """Raise Invalid with what is wrong of each, as `reasons`, `reasons.0.words`, `reasons.0.advice`."""
    if not 1 <= len(reasons) <= MOST:
        raise Invalid(FieldError("reasons", "one_to_four_reasons", _("选至少一条原因，最多四条")))
    errors = [error for position, reason in enumerate(reasons) for error in _errors_of(reason, f"reasons.{position}")]
    if len({reason.code for reason in reasons}) < len(reasons):
        errors.append(FieldError("reasons", "reason_repeats", _("同一条原因只选一次，写在一起")))
    if errors:
        raise Invalid(*errors)


def keep(application: Application, reasons: Sequence[Reason]) -> None:
    """Store them under the version that the move about to be made gives to the case: its letter prints them.

    A reason that a rule has found as well rests on that finding: she sees what was found and which clause asks for it.
    """
    not_met = {one.rule: one for one in findings.current(application) if one.conclusion == FindingOutcome.NOT_MET}
    DeclineReason.objects.bulk_create(
        DeclineReason(
            application=application,
            version=application.version + 1,
            position=position,
            code=reason.code,
            words=reason.words.strip(),
            advice=reason.advice.strip(),
            finding=next((not_met[rule] for rule in rules_of(reason.code) if rule in not_met), None),
        )
        for position, reason in enumerate(reasons, start=1)
    )


def is_too_general(words: str) -> bool:
    """Whether the words would fit any refusal: 「综合评定不通过」「不符合条件」."""
    return len(_EMPTY_WORDS.sub("", words)) < _SPECIFIC_SHORTEST


def rules_of(code: str) -> list[str]:
    """The rules that give this reason."""
    return [rule for rule, reason in REASON_OF.items() if reason == code]


def _errors_of(reason: Reason, field: str) -> list[FieldError]:
    errors = []
    words, advice = reason.words.strip(), reason.advice.strip()
    if reason.code not in ReasonCode.values:
        errors.append(FieldError(f"{field}.code", "unknown_reason", _("选一条原因")))
    if words and is_too_general(words):
        errors.append(FieldError(f"{field}.words", "too_general", _("这句太笼统，写清是哪一条、差在哪里")))
    elif not WORDS_SHORTEST <= len(words) <= WORDS_LONGEST:
        limits: dict[str, object] = {"min": WORDS_SHORTEST, "max": WORDS_LONGEST}
        message = _("写一句她能看懂的话，至少 10 个字，最多 200 个字")
        errors.append(FieldError(f"{field}.words", "words_length", message, limits=limits))
    if not 1 <= len(advice) <= WORDS_LONGEST:
        errors.append(FieldError(f"{field}.advice", "advice_missing", _("写一下她可以怎么做")))
    return errors
