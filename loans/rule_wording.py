"""The words of the eligibility rules: title, what was found, what is required, conclusion."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applicants.models.business import ProjectType, Proof
from loans.findings import Finding, Outcome, Statement, Value, Verdict
from loans.spoken_money import money

Words = Mapping[str, Promise | str]

TITLES: Final[Words] = {
    "woman": _("本人是妇女"),
    "age": _("年龄符合"),
    "age_at_maturity": _("到期时的年龄"),
    "registered_or_resident": _("户口或常住在本市"),
    "public_payroll": _("没吃财政工资，也没退休"),
    "other_loans": _("本人和爱人没有别的贷款"),
    "overdue_debt": _("没有还不上的贷款"),
    "one_loan_per_household": _("一家只贷一笔"),
    "partners_eligible": _("合伙人符合条件"),
    "lifetime_loans": _("贴息贷款没超过次数"),
    "project_supported": _("项目在支持范围"),
    "business_evidence": _("有执照、合同或村里证明"),
    "amount_within_policy": _("金额符合"),
    "term_offered": _("期限符合"),
    "use_of_funds_clear": _("用款计划说得清"),
    "voluntary": _("本人自愿"),
    "seen_in_person": _("走访见到本人"),
    "business_real": _("项目真实"),
}

# By code; yes and no mean something else in every rule and stand behind its name.
FOUND: Final[Words] = {
    "unknown": _("还不知道"),
    "woman.yes": _("女"),
    "woman.no": _("男"),
    "age": "%(age)s",
    "too_young": "%(age)s",
    "too_old": "%(age)s",
    "age_at_maturity": _("到期时 %(years)s 岁"),
    "registered": _("户口在本市"),
    "resident": _("常住本市"),
    "neither": _("户口和住处都不在本市"),
    "not_registered": _("户口不在本市，住处还不知道"),
    "not_resident": _("不住在本市，户口还不知道"),
    "public_payroll.yes": _("吃财政工资或已退休"),
    "public_payroll.no": _("没吃财政工资，也没退休"),
    "no_loans": _("没有别的贷款"),
    "loans": _("有：%(loans)s"),
    "overdue_debt.yes": _("有还不上的贷款"),
    "overdue_debt.no": _("没有还不上的贷款"),
    "compensated_before": _("有过代偿"),
    "one_loan_per_household.yes": _("家里有一笔还没还清"),
    "one_loan_per_household.no": _("家里没有这种贷款"),
    "partners_eligible.yes": _("有合伙人吃财政工资，或有这种贷款没还清"),
    "partners_eligible.no": _("合伙人没吃财政工资，也没有这种贷款"),
    "loans_before": _("以前贷过 %(count)s 次"),
    "project": "%(project)s",
    "no_evidence": _("一样都没有"),
    "evidence": "%(papers)s",
    "amount": "%(amount_fen)s",
    "between_steps": "%(amount_fen)s",
    "term": _("%(months)s 个月"),
    "use_of_funds_clear.yes": _("每笔都写清了"),
    "use_of_funds_clear.no": _("没写清"),
    "voluntary.yes": _("自愿"),
    "voluntary.no": _("不是自愿"),
    "seen_in_person.yes": _("见到了"),
    "seen_in_person.no": _("没见到"),
    "business_real.yes": _("看到了"),
    "business_real.no": _("没看到"),
}

REQUIRED: Final[Words] = {
    "woman.yes": _("妇女"),
    "age_between": _("%(min)s 到 %(max)s 周岁"),
    "age_at_maturity_at_most": _("到期时不超过 %(max)s 岁"),
    "home_registered": _("户口在本市"),
    "home_resident": _("常住本市"),
    "home_either": _("户口或常住在本市"),
    "public_payroll.no": _("不吃财政工资，没退休"),
    "loans_allowed": _("只能有：%(allowed)s"),
    "overdue_debt.no": _("没有"),
    "one_loan_per_household.no": _("没有没还清的"),
    "partners_eligible.no": _("不吃财政工资，没有这种贷款"),
    "loans_before_below": _("少于 %(max)s 次"),
    "project_not_excluded": _("不能做：%(excluded)s"),
    "evidence_of": _("有一样就行：%(accepted)s"),
    "amount_between": _("%(min_fen)s到 %(max_fen)s，按 %(step_fen)s加减"),
    "term_one_of": _("%(terms)s 个月"),
    "use_of_funds_clear.yes": _("每笔用途和金额都写清"),
    "voluntary.yes": _("本人愿意"),
    "seen_in_person.yes": _("要见到本人"),
    "business_real.yes": _("要看到经营或场地"),
}
NOTHING_EXCLUDED: Final = _("没有不支持的项目")
NO_LOANS_ALLOWED: Final = _("不能有别的贷款")

OUTCOMES: Final[Mapping[Outcome, Promise | str]] = {
    Outcome.MET: _("满足"),
    Outcome.NOT_MET: _("不满足"),
    Outcome.ASK: _("要人看"),
}

VERDICTS: Final[Mapping[Verdict, Promise | str]] = {
    Verdict.ELIGIBLE: _("可以申请"),
    Verdict.ASK: _("要问一问"),
    Verdict.NOT_YET: _("现在还不能申请"),
}

LOAN_KINDS: Final[Words] = {
    "none": _("没有贷款"),
    "student": _("助学贷款"),
    "poverty_alleviation": _("脱贫人口小额信贷"),
    "housing": _("住房贷款"),
    "car": _("购车贷款"),
    "small_consumer": _("小额消费贷款"),
    "entrepreneurship": _("创业贷款"),
    "business": _("经营贷款"),
    "other": _("别的贷款"),
}


def title(rule: str) -> str:
    return str(TITLES[rule])


def found_words(finding: Finding) -> str:
    """What was found: 「41 岁」「户口在本市」."""
    return _words_of(FOUND, finding.rule, finding.found)


def required_words(finding: Finding) -> str:
    """What the policy asks: 「18 到 60 周岁」."""
    required = finding.required
    if required.code == "project_not_excluded" and not required.facts["excluded"]:
        return str(NOTHING_EXCLUDED)
    if required.code == "loans_allowed" and not required.facts["allowed"]:
        return str(NO_LOANS_ALLOWED)
    return _words_of(REQUIRED, finding.rule, required)


def facts_in_words(facts: Mapping[str, Value]) -> dict[str, str]:
    """The figures of a statement as its sentences print them: money, dates, names; `age` from low and high."""
    words = {name: _fact(name, fact) for name, fact in facts.items()}
    if "low" in facts:
        words["age"] = _age(facts["low"], facts["high"])
    return words


def _words_of(table: Words, rule: str, statement: Statement) -> str:
    key = f"{rule}.{statement.code}" if statement.code in ("yes", "no") else statement.code
    return str(table[key]) % facts_in_words(statement.facts)


def _fact(name: str, fact: Value) -> str:
    if isinstance(fact, tuple):
        return gettext("、").join(_name(name, code) for code in fact)
    if isinstance(fact, int):
        return money(fact) if name.endswith("_fen") else str(fact)
    if name.endswith("_on"):
        return dateformat.format(date.fromisoformat(fact), gettext("Y 年 n 月 j 日"))
    if name.endswith("_in"):
        return dateformat.format(date.fromisoformat(f"{fact}-01"), gettext("Y 年 n 月"))
    return _name(name, fact)


def _name(name: str, code: str) -> str:
    """What a code is called; one that an older policy knew and we no longer do stands as it is."""
    names: Mapping[str, Words] = {
        "loans": LOAN_KINDS,
        "barred": LOAN_KINDS,
        "allowed": LOAN_KINDS,
        "project": dict(ProjectType.choices),
        "excluded": dict(ProjectType.choices),
        "papers": dict(Proof.choices),
        "accepted": dict(Proof.choices),
    }
    return str(names.get(name, {}).get(code, code))


def _age(low: Value, high: Value) -> str:
    assert isinstance(low, int)
    assert isinstance(high, int)
    if low == high:
        return gettext("%(years)s 岁") % {"years": low}
    if low == 0:
        return gettext("不到 %(years)s 岁") % {"years": high + 1}
    if high >= 150:
        return gettext("%(years)s 岁以上") % {"years": low}
    if high == low + 1:
        return gettext("%(low)s 岁或 %(high)s 岁") % {"low": low, "high": high}
    return gettext("%(low)s 到 %(high)s 岁") % {"low": low, "high": high}
