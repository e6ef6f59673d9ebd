"""What is offered to whoever comes today, before anybody knows who she is."""

from datetime import date

from loans.models import Policy
from loans.refusals import NoPolicyInForce


def policy_on_offer(*, on: date) -> Policy:
    """The policy under which an application of that day is made: the newest of a programme that has a pool.

    Raises NoPolicyInForce.
    """
    in_force = Policy.objects.in_force(on).filter(programme__pool__isnull=False).select_related("programme")
    policy = in_force.order_by("-valid_from", "pk").first()
    if policy is None:
        raise NoPolicyInForce
    return policy
