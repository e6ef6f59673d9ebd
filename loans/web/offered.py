"""Pages about what is offered today, and what they say while nothing is."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loans.models import Policy
from loans.on_offer import policy_on_offer
from loans.refusals import NoPolicyInForce

Rest = ParamSpec("Rest")


def under_the_policy(
    view: Callable[Concatenate[HttpRequest, Policy, date, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Give the view the policy on offer, and the day. Without one the page says that nothing can be applied for yet."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        today = timezone.localdate()
        try:
            policy = policy_on_offer(on=today)
        except NoPolicyInForce:
            return render(request, "loans/not_open.html")
        return view(request, policy, today, *args, **kwargs)

    return page
