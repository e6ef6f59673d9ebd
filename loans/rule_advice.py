"""What a woman reads about the rules: where she stands with each, and what she can do where one is not met."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loans.findings import Finding, Outcome
from loans.rule_wording import Words, facts_in_words

MET: Final[Words] = {
    "woman": _("您是妇女"),
    "age": _("%(age)s，在 %(min)s 到 %(max)s 岁之间"),
    "age_at_maturity": _("到期时 %(years)s 岁，没超过 %(max)s 岁"),
    "registered_or_resident": _("户口或常住在本市"),
    "public_payroll": _("没吃财政工资，也没退休"),
    "other_loans": _("您和爱人没有别的贷款"),
    "other_loans.loans": _("您和爱人有%(loans)s，不影响"),
    "overdue_debt": _("没有还不上的贷款"),
    "one_loan_per_household": _("家里没有没还清的这种贷款"),
    "partners_eligible": _("您的合伙人也符合条件"),
    "lifetime_loans": _("贴息贷款还没用满 %(max)s 次"),
    "project_supported": _("做%(project)s，在支持范围"),
    "business_evidence": _("有%(papers)s"),
    "amount_within_policy": _("想贷 %(amount_fen)s，在规定的金额里"),
    "term_offered": _("想贷 %(months)s 个月，可以"),
    "use_of_funds_clear": _("钱怎么用，写清了"),
    "voluntary": _("是您自己愿意办的"),
    "seen_in_person": _("走访的人见到了您"),
    "business_real": _("走访的人看到了您的项目"),
}

NOT_MET: Final[Words] = {
    "woman": _("这项贷款面向妇女"),
    "age.too_young": _("您还没满 %(min)s 周岁"),
    "age.too_old": _("%(age)s，超过了 %(max)s 岁"),
    "age_at_maturity": _("到期时您 %(years)s 岁，超过了 %(max)s 岁"),
    "registered_or_resident.neither": _("户口和住处都不在本市"),
    "registered_or_resident.registered": _("户口在本市，人不住在本市"),
    "registered_or_resident.resident": _("人住在本市，户口不在本市"),
    "registered_or_resident.not_registered": _("户口不在本市"),
    "registered_or_resident.not_resident": _("人不住在本市"),
    "public_payroll": _("您吃财政工资，或已经退休"),
    "other_loans": _("您和爱人有%(barred)s，要先还清"),
    "overdue_debt": _("您现在有还不上的贷款"),
    "one_loan_per_household": _("家里有一笔这种贷款没还清"),
    "partners_eligible": _("有合伙人吃财政工资，或有这种贷款没还清"),
    "lifetime_loans": _("您贷过 %(count)s 次，最多 %(max)s 次"),
    "project_supported": _("您要做的项目不在支持范围"),
    "business_evidence": _("还没有能证明项目的材料"),
    "amount_within_policy": _("想贷 %(amount_fen)s，要在 %(min_fen)s到 %(max_fen)s之间"),
    "amount_within_policy.between_steps": _("金额要按 %(step_fen)s加减"),
    "term_offered": _("没有 %(months)s 个月这个期限"),
    "use_of_funds_clear": _("钱怎么用，还没写清"),
    "voluntary": _("您说不是自己想办的"),
    "seen_in_person": _("走访的人没见到您"),
    "business_real": _("走访的人没看到您的项目"),
}

ASK: Final[Words] = {
    "woman": _("要看身份证"),
    "age": _("要看您哪天生的"),
    "age_at_maturity": _("要算到期那天您多大"),
    "registered_or_resident": _("要看户口在哪、住在哪"),
    "public_payroll": _("要问清吃不吃财政工资、退没退休"),
    "other_loans": _("要看您和爱人贷款的合同"),
    "overdue_debt": _("要查一查有没有还不上的贷款"),
    "one_loan_per_household": _("要查家里有没有这种贷款"),
    "partners_eligible": _("要问清合伙人的情况"),
    "lifetime_loans": _("要查您以前贷过几次"),
    "project_supported": _("您要做的，要人看看支不支持"),
    "business_evidence": _("要看执照、合同或村里的证明"),
    "amount_within_policy": _("还没说想贷多少"),
    "term_offered": _("还没说想贷多久"),
    "use_of_funds_clear": _("要看钱打算怎么用"),
    "voluntary": _("要当面问您愿不愿意"),
    "seen_in_person": _("要上门见一见您"),
    "business_real": _("要上门看看项目"),
}

SENTENCES: Final[Mapping[Outcome, Words]] = {Outcome.MET: MET, Outcome.NOT_MET: NOT_MET, Outcome.ASK: ASK}

STEPS: Final[Mapping[str, tuple[Promise | str, ...]]] = {
    "woman": (_("家里想创业的妇女可以自己来申请"),),
    "age.too_young": (_("满 %(min)s 周岁后再来"),),
    "age.too_young.old_enough_on": (_("%(old_enough_on)s满 %(min)s 周岁，那天起就能来"),),
    "age.too_young.old_enough_in": (_("%(old_enough_in)s满 %(min)s 周岁后再来"),),
    "age.too_old": (_("家里年龄合适的妇女可以自己来申请"),),
    "age_at_maturity": (_("选短一点的期限，再试一次"),),
    "registered_or_resident": (_("问问户口所在地的妇联，那里可能也有"),),
    "public_payroll": (_("问问农信的普通贷款"),),
    "other_loans": (_("先把这笔贷款还清"), _("带上银行的结清单，再来申请")),
    "overdue_debt": (_("先和贷款的银行商量，看能不能分开还"), _("还清后带上结清单，再来自查")),
    "one_loan_per_household": (_("等家里那笔还清，再来申请"),),
    "partners_eligible": (_("换一位合伙人，或者自己申请"),),
    "lifetime_loans": (_("问问农信的普通贷款"),),
    "project_supported": (_("换一个支持的项目，再来自查"),),
    "business_evidence": (_("找村委会开一张证明就行"),),
    "amount_within_policy": (_("把金额改到 %(min_fen)s到 %(max_fen)s之间"),),
    "amount_within_policy.between_steps": (_("把金额改成 %(step_fen)s的整倍数"),),
    "term_offered": (_("从 %(terms)s 个月里选一个"),),
    "use_of_funds_clear": (_("写清买什么、各花多少钱"), _("不会写，找村妇联主席帮您")),
    "voluntary": (_("您不想办就不办，不影响什么"), _("有人逼您贷款，打监督电话")),
    "seen_in_person": (_("约一个您在家的日子，再走访一次"),),
    "business_real": (_("带走访的人看看做事的地方"),),
}

# Help that needs no loan, for those whom no correction of the form can help today.
OTHER_HELP: Final = (
    _("参加免费培训班，学一门手艺"),
    _("到乡下车间，在家门口上班"),
    _("找做成了的姐妹带一带"),
)
NEEDS_OTHER_HELP: Final = {
    "age",
    "registered_or_resident",
    "public_payroll",
    "other_loans",
    "overdue_debt",
    "one_loan_per_household",
    "lifetime_loans",
    "project_supported",
}


def sentence(finding: Finding) -> str:
    """Where she stands with this rule, in one plain sentence."""
    words = SENTENCES[finding.outcome]
    return _filled(words.get(f"{finding.rule}.{finding.found.code}") or words[finding.rule], finding)


def what_else(finding: Finding) -> tuple[str, ...]:
    """What she can do about a rule that is not met, the nearest first; nothing where it is met or open."""
    return (*own_steps(finding), *other_help(finding))


def own_steps(finding: Finding) -> tuple[str, ...]:
    """How she may still come to this loan, or to another."""
    if finding.outcome != Outcome.NOT_MET:
        return ()
    return tuple(_filled(step, finding) for step in _steps(finding))


def other_help(finding: Finding) -> tuple[str, ...]:
    """Help that needs no loan, where no correction of the form can help today."""
    is_needed = finding.outcome == Outcome.NOT_MET and finding.rule in NEEDS_OTHER_HELP
    return tuple(str(words) for words in OTHER_HELP) if is_needed else ()


def _steps(finding: Finding) -> tuple[Promise | str, ...]:
    case = f"{finding.rule}.{finding.found.code}"
    for day_or_month in ("old_enough_on", "old_enough_in"):
        if day_or_month in finding.found.facts:
            return STEPS[f"{case}.{day_or_month}"]
    return STEPS.get(case) or STEPS[finding.rule]


def _filled(words: Promise | str, finding: Finding) -> str:
    return str(words) % facts_in_words({**finding.required.facts, **finding.found.facts})
