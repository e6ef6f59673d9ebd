"""Whether an amount, a term and a way of repaying are offered by a policy; the words where they aren't."""

from django.utils.translation import gettext as _

from loans.models import Policy
from loans.spoken_money import money
from records.refusals import FieldError


def amount_errors(policy: Policy, amount_fen: int) -> list[FieldError]:
    """What is wrong with an amount under a policy; empty where nothing is."""
    least, most, step = policy.amount_min_fen, policy.amount_max_fen, policy.amount_step_fen
    limits: dict[str, object] = {"min": least // 100, "max": most // 100, "step": step // 100}
    if not least <= amount_fen <= most:
        words = _("金额要在 %(least)s到 %(most)s之间") % {"least": money(least), "most": money(most)}
        return [FieldError("amount", "amount_out_of_range", words, limits=limits)]
    if amount_fen % step:
        words = _("金额要是 %(step)s的整数倍") % {"step": money(step)}
        return [FieldError("amount", "amount_off_step", words, limits=limits)]
    return []


def term_errors(policy: Policy, term_months: int | None, method: str) -> list[FieldError]:
    """What is wrong with term and method; what isn't chosen yet isn't wrong yet."""
    errors = []
    if term_months is not None and term_months not in policy.term_options:
        errors.append(FieldError("term_months", "term_not_offered", _("选一下贷多长时间")))
    if method and method not in policy.method_options:
        errors.append(FieldError("method", "method_not_offered", _("选一下怎么还")))
    return errors
