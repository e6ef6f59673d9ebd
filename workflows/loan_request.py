"""How much she asks for, for how long, how repaid, and what for: hers to change until she hands it in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loans.money import spoken_yuan
from loans.within_policy import amount_errors as amount_errors
from loans.within_policy import term_errors as term_errors
from records import engine
from records.refusals import FieldError, Invalid, MoveNotOpen
from workflows.models import Application
from workflows.states import State

USE_ROWS_MAX = 6


@dataclass(frozen=True)
class Use:
    """One line of what the money is for."""

    use: str
    amount_fen: int


def save_amount(
    application: Application, *, amount_fen: int | None, term_months: int | None, method: str
) -> Application:
    """Keep amount, term and method as far as she has chosen them.

    Raises Invalid outside the policy, MoveNotOpen once it was handed in.
    """
    draft = draft_of(application)
    errors = [] if amount_fen is None else amount_errors(draft.policy, amount_fen)
    errors += term_errors(draft.policy, term_months, method)
    if errors:
        raise Invalid(*errors)
    draft.amount_fen, draft.term_months, draft.method = amount_fen, term_months, method
    draft.save(update_fields=["amount_fen", "term_months", "method"])
    return draft


def save_uses(application: Application, *, uses: Sequence[Use]) -> Application:
    """Keep what the money is for. Whether it adds up to the amount is asked when she hands it in."""
    draft = draft_of(application)
    if not 1 <= len(uses) <= USE_ROWS_MAX or any(use.amount_fen <= 0 or not use.use for use in uses):
        raise Invalid(FieldError("use_rows", "use_rows_incomplete", _("每一样写上用途和金额，最多 6 样")))
    draft.use_rows = [{"use": use.use, "amount_fen": use.amount_fen} for use in uses]
    draft.save(update_fields=["use_rows"])
    return draft


def uses_add_up(application: Application) -> bool:
    return bool(application.use_rows) and total_fen(application) == application.amount_fen


def total_fen(application: Application) -> int:
    return sum(int(row["amount_fen"]) for row in application.use_rows)


def uses_error(application: Application) -> FieldError:
    """The words for uses that don't add up to the amount."""
    message = _("用途加起来是 %(total)s，和要贷的 %(amount)s不一样。改一下用途或金额") % {
        "total": spoken_yuan(total_fen(application)),
        "amount": spoken_yuan(application.amount_fen or 0),
    }
    return FieldError("use_rows", "use_rows_differ_from_amount", message)


def draft_of(application: Application) -> Application:
    """The case, locked, while she may still change it. Raises MoveNotOpen once it was handed in."""
    locked = engine.lock(application)
    if locked.state != State.DRAFT:
        raise MoveNotOpen("edit", locked.state)
    return locked
