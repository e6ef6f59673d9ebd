"""上门: the slip for a woman whom the link didn't reach, printed by the town."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from records.edge import caller
from records.unit_of_work import unit_of_work
from workflows import doorsteps
from workflows.helping_notices import helper_in_words
from workflows.web.helper.verify import in_places_of


@never_cache
@require_POST
def helper_slip(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Each printing makes a fresh token; an earlier slip is dead."""
    officer, at = caller(request), timezone.now()
    mandate = get_object_or_404(in_places_of(officer, doorsteps.undelivered()).exclude(helper=officer), pk=mandate_id)
    token = unit_of_work(
        lambda: doorsteps.token_for_slip(mandate, by=officer, at=at), by=officer, at=at, action="print_slip"
    )
    link = request.build_absolute_uri(reverse("confirm", args=[token]))
    context = {
        "mandate": mandate,
        "helper": helper_in_words(mandate.helper),
        "link": link,
        "picture": segno.make(link, error="m").svg_data_uri(scale=6, border=2, light="#fff"),
        "printed_at": at,
    }
    return render(request, "workflows/helper/slip.html", context)
