"""How her data are used, and who can use these pages how: what the foot of every page leads to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applicants.consents import CONSENT_TEXTS


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The same words as on the consent that she gives."""
    return render(request, "reports/privacy.html", {"texts": CONSENT_TEXTS.values()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/accessibility.html")
