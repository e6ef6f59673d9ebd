"""What secures the guarantor: per kind what has to be known, what speaks against it, and when it is free again.

Limits of age and of loans vouched for at once are assumptions of the demo; practice differs from place to place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from applicants.identity import ResidentId
from applicants.models.household import Relation
from applicants.profiles import id_index
from loans.models import CounterGuarantee, Loan, Security, SecurityPerson, SecurityRelease
from loans.models.guarantee import CounterGuaranteeKind as Kind
from loans.models.loan import LoanState
from loans.policies import policy_in_force
from loans.refusals import named
from loans.security_refusals import SecurityInUse, SecurityReleased
from records.refusals import FieldError, Invalid, NotPermitted

FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.WAGE: ("employer", "post", "wage_fen", "wage_bank"),
    Kind.EMPLOYEE: ("employer", "wage_fen"),
    Kind.CADRE: ("post", "term_ends_on"),
    Kind.PERSON: ("income_fen", "spouse_consent"),
    Kind.MORTGAGE: ("deed_no", "value_fen", "valued_on", "registration_no"),
    Kind.PLEDGE: ("account", "value_fen", "freeze_no"),
    Kind.GROUP: ("group_name",),
    Kind.ENTERPRISE: ("company", "credit_code", "value_fen"),
    Kind.CREDIT_VILLAGE: ("village", "granted_on"),
    Kind.EXEMPT: ("ground",),
}
# How many people answer for it, at least and at most. A group of three to five counts the borrower.
PERSONS: Final[Mapping[str, tuple[int, int]]] = {
    Kind.WAGE: (1, 1),
    Kind.EMPLOYEE: (1, 1),
    Kind.CADRE: (1, 1),
    Kind.PERSON: (1, 1),
    Kind.GROUP: (2, 4),
}
# The number by which one thing can be told from another: it secures one loan at a time.
UNIQUE: Final[Mapping[str, str]] = {Kind.MORTGAGE: "deed_no", Kind.PLEDGE: "freeze_no"}
GROUNDS: Final = ("size", "honoured", "credit_rated", "repeated")
AGE_MIN, AGE_MAX_AT_MATURITY, VOUCHED_MAX = 18, 65, 2
VALUATION_HOLDS: Final = timedelta(days=365)
Fact = str | int


@dataclass(frozen=True)
class PersonGiven:
    """Somebody who vouches, as written down from the identity card."""

    full_name: str
    id_no: ResidentId


@dataclass(frozen=True)
class SecurityGiven:
    """What the officer saw. `facts` by the names of FACTS; `evidence` says where the paper lies."""

    facts: Mapping[str, Fact]
    persons: tuple[PersonGiven, ...]
    evidence: str


def record(counter: CounterGuarantee, *, given: SecurityGiven, by: User, at: datetime) -> Security:
    """Write down what was checked; a correction is another row. Raises NotPermitted, SecurityReleased, Invalid."""
    if not may(by, "guarantee", counter.guarantee.pool.guarantor):
        raise NotPermitted
    with transaction.atomic():
        CounterGuarantee.objects.select_for_update(no_key=True).get(pk=counter.pk)
        if SecurityRelease.objects.filter(counter_guarantee=counter).exists():
            raise SecurityReleased
        errors = list(_faults(counter, given, today=timezone.localdate(at)))
        if errors:
            raise Invalid(*errors)
        security = Security.objects.create(
            counter_guarantee=counter,
            facts=dict(given.facts),
            evidence=given.evidence.strip(),
            recorded_by=by,
            recorded_at=at,
        )
        SecurityPerson.objects.bulk_create(
            SecurityPerson(
                security=security, full_name=one.full_name, id_no=one.id_no.text, id_index=id_index(one.id_no.text)
            )
            for one in given.persons
        )
        return security


def release(counter: CounterGuarantee, *, words: str, by: User, at: datetime) -> SecurityRelease:
    """Set it free once the promise is over and nothing is claimed. Raises NotPermitted, SecurityInUse and others."""
    if not may(by, "guarantee", counter.guarantee.pool.guarantor):
        raise NotPermitted
    if not words.strip():
        raise Invalid(FieldError("words", "words_missing", _("写明退了什么、注销了什么登记")))
    unique = dict.fromkeys(("loans_securityrelease.counter_guarantee_id", "counter_guarantee_id_key"), SecurityReleased)
    with named({"security_is_in_use": SecurityInUse, **unique}):
        return SecurityRelease.objects.create(
            counter_guarantee=counter,
            released_on=timezone.localdate(at),
            words=words.strip(),
            released_by=by,
            released_at=at,
        )


def live_securities() -> QuerySet[Security]:
    """What holds today: of each counter-guarantee that isn't free the newest row."""
    newest = Security.objects.filter(counter_guarantee=OuterRef("counter_guarantee")).order_by("-pk").values("pk")[:1]
    return Security.objects.filter(pk=Subquery(newest), counter_guarantee__release__isnull=True)


def _faults(counter: CounterGuarantee, given: SecurityGiven, *, today: date) -> Iterator[FieldError]:
    for name in FACTS[counter.kind]:
        if not given.facts.get(name):
            yield FieldError(name, "missing", _("这一项要写"))
    if not given.evidence.strip():
        yield FieldError("evidence", "missing", _("写上材料名称和存放的地方"))
    yield from _faults_of_the_thing(counter, given.facts, today=today)
    least, most = PERSONS.get(counter.kind, (0, 0))
    if not least <= len(given.persons) <= most:
        message = _("要写 %(least)s 到 %(most)s 个人") % {"least": least, "most": most}
        yield FieldError("id_no_1", "persons_out_of_range", message)
    if len({one.id_no.text for one in given.persons}) < len(given.persons):
        yield FieldError("id_no_1", "person_twice", _("同一个人写了两遍"))
    for number, one in enumerate(given.persons, start=1):
        yield from (FieldError(f"id_no_{number}", code, words) for code, words in _against(one, counter, today=today))


def _faults_of_the_thing(counter: CounterGuarantee, facts: Mapping[str, Fact], *, today: date) -> Iterator[FieldError]:
    others = live_securities().exclude(counter_guarantee=counter)
    unique = UNIQUE.get(counter.kind, "")
    if unique and facts.get(unique) and others.filter(**{f"facts__{unique}": facts[unique]}).exists():
        yield FieldError(unique, "secures_another", _("它已经给另一笔贷款做了反担保"))
    valued_on, term_ends_on = facts.get("valued_on"), facts.get("term_ends_on")
    if valued_on and not today - VALUATION_HOLDS <= date.fromisoformat(str(valued_on)) <= today:
        yield FieldError("valued_on", "valuation_too_old", _("评估要在一年以内"))
    if term_ends_on and date.fromisoformat(str(term_ends_on)) <= today:
        yield FieldError("term_ends_on", "term_over", _("任期已经到了"))
    if facts.get("ground") == "size":
        guarantee = counter.guarantee
        policy = policy_in_force(guarantee.pool.programme, on=timezone.localdate(guarantee.made_at))
        if guarantee.amount_fen >= policy.counter_guarantee_from_fen:
            yield FieldError("ground", "too_large_to_exempt", _("这笔金额到了要反担保的线，换一个理由"))


def _against(one: PersonGiven, counter: CounterGuarantee, *, today: date) -> Iterator[tuple[str, str]]:
    """What speaks against somebody who wants to vouch, as codes with words."""
    applicant, index = counter.guarantee.applicant, id_index(one.id_no.text)
    if index == applicant.id_index:
        yield "is_the_borrower", _("借款人不能给自己担保")
    if applicant.household.filter(relation=Relation.SPOUSE, id_index=index).exists():
        yield "is_the_spouse", _("借款人的爱人不能做反担保人")
    loan = Loan.objects.filter(guarantee=counter.guarantee).first()
    ends_on = loan.matures_on if loan is not None and loan.matures_on else today
    if one.id_no.age_on(today) < AGE_MIN or one.id_no.age_on(ends_on) > AGE_MAX_AT_MATURITY:
        yield "age_out_of_range", _("反担保人要满 18 岁，贷款到期时不超过 65 岁")
    if Loan.objects.filter(applicant__id_index=index, state=LoanState.COMPENSATED).exists():
        yield "owes_the_fund", _("这个人有代偿没还清")
    vouching = SecurityPerson.objects.filter(id_index=index, security__in=live_securities())
    others = vouching.exclude(security__counter_guarantee=counter)
    if counter.kind == Kind.GROUP and others.filter(security__counter_guarantee__kind=Kind.GROUP).exists():
        yield "in_another_group", _("这个人已经在另一个联保小组")
    elif others.values("security__counter_guarantee__guarantee").distinct().count() >= VOUCHED_MAX:
        yield "vouches_for_too_many", _("这个人已经担保了 2 笔，不能再担保")
