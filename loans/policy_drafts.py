"""Writing a programme's next policy: begun from the newest one, proposed by one officer, published by another.

Cases and contracts keep the version that they name; what is published here holds from its own first day on.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import holds
from loans.models import Policy, PolicyDraft, Programme
from loans.policies import check_policy, publish_policy
from loans.refusals import DraftIsWritten, DraftSettled, NoPolicyInForce, named
from records import decisions
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, NotPermitted, Stale

_KEPT_APART: Final = frozenset({"id", "programme", "decision"})
# What every version says for itself.
_ITS_OWN: Final = {"version": "", "document_no": "", "valid_from": None, "valid_to": None}


def columns() -> list[models.Field[Any, Any]]:
    """The columns of Policy that a draft writes, in their order."""
    return [field for field in Policy._meta.concrete_fields if field.name not in _KEPT_APART]


def start(programme: Programme, *, by: User, at: datetime) -> PolicyDraft:
    """Begin with what the newest version says. Raises NotPermitted, NoPolicyInForce, DraftIsWritten."""
    _check_may(by)
    newest = programme.policies.order_by("-valid_from").first()
    if newest is None:
        raise NoPolicyInForce
    terms = {field.name: getattr(newest, field.name) for field in columns()} | _ITS_OWN
    with named({"one_draft_of_a_policy": DraftIsWritten, "loans_policydraft.programme_id": DraftIsWritten}):
        return PolicyDraft.objects.create(
            programme=programme, based_on=newest, terms=_as_json(terms), made_by=by, made_at=at
        )


@transaction.atomic
def change(draft: PolicyDraft, *, terms: Mapping[str, Any], version: int, by: User) -> PolicyDraft:
    """Write some columns anew. Raises NotPermitted, DraftSettled, and Stale where somebody else wrote meanwhile."""
    _check_may(by)
    locked = _written(draft)
    if locked.version != version:
        raise Stale(locked.version)
    unknown = set(terms) - {field.name for field in columns()}
    assert not unknown, f"no columns of a policy: {unknown}"
    locked.terms = locked.terms | _as_json(terms)
    locked.version += 1
    locked.save()
    return locked


@transaction.atomic
def drop(draft: PolicyDraft, *, by: User, at: datetime) -> PolicyDraft:
    """Give it up; it stays to be read. Raises NotPermitted, DraftSettled."""
    _check_may(by)
    locked = _written(draft)
    locked.dropped_at = at
    locked.save()
    return locked


@transaction.atomic
def propose(draft: PolicyDraft, *, version: int, by: User, at: datetime) -> PolicyDraft:
    """Ask a second officer to publish it; it stays as it is now. Raises NotPermitted, DraftSettled, Stale, Invalid."""
    _check_may(by)
    locked = _written(draft)
    if locked.version != version:
        raise Stale(locked.version)
    check_draft(locked, today=timezone.localdate(at))
    summary = _("发布 %(version)s，%(day)s 起执行") % {
        "version": locked.terms["version"],
        "day": locked.terms["valid_from"],
    }
    locked.decision = decisions.propose("policy", summary=summary, by=by, at=at)
    locked.save()
    return locked


@transaction.atomic
def decide(draft: PolicyDraft, *, outcome: Outcome, reason: str, by: User, at: datetime) -> Policy | None:
    """Settle what was proposed; the policy that was published, None where it was refused.

    Raises NotPermitted, SamePerson, MoveNotOpen, DraftSettled, Invalid, PolicyStartsTwice.
    """
    _check_may(by)
    if draft.decision is None:
        raise DraftSettled
    decision = decisions.decide(draft.decision, outcome=outcome, by=by, at=at, reason=reason)
    if outcome != Outcome.APPROVED:
        return None
    check_draft(draft, today=timezone.localdate(at))
    return publish_policy(draft.programme, decision=decision, terms=terms_of_draft(draft))


def check_draft(draft: PolicyDraft, *, today: date) -> None:
    """Raise Invalid with an error for each column that keeps the draft from being published."""
    errors = [
        FieldError(name, "missing", _("%(label)s还没写") % {"label": label})
        for name, label in (("version", _("版本")), ("document_no", _("文号")), ("valid_from", _("生效日期")))
        if not draft.terms[name]
    ]
    if errors:
        raise Invalid(*errors)
    policy = as_policy(draft)
    if policy.valid_from <= today:
        raise Invalid(FieldError("valid_from", "starts_in_the_past", _("生效日期要在今天以后")))
    if policy.valid_from <= draft.based_on.valid_from:
        raise Invalid(FieldError("valid_from", "starts_too_early", _("生效日期要晚于上一版的生效日期")))
    check_policy(policy)


def as_policy(draft: PolicyDraft) -> Policy:
    """The draft as the rules read a policy; it is never saved."""
    return Policy(programme=draft.programme, **terms_of_draft(draft))


def terms_of_draft(draft: PolicyDraft) -> dict[str, Any]:
    """Its columns with days as days."""
    return {field.name: field.to_python(draft.terms[field.name]) for field in columns()}


def _as_json(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in terms.items()}


def _written(draft: PolicyDraft) -> PolicyDraft:
    locked = PolicyDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if not locked.is_written:
        raise DraftSettled
    return locked


def _check_may(by: User) -> None:
    # A programme is the whole city's: the permission is asked of no place in particular.
    if not holds(by, "manage_policy"):
        raise NotPermitted
