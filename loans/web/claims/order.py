"""拨付单 as a page to print or as PDF, for the offices that take part."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from loans.web.claims.claim import claim_of
from records import papers
from records.edge import caller
from records.printing import CannotPrint


@require_safe
def claim_order(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The PDF; `?view=html` the same sheet as a page."""
    user = caller(request)
    paper = claim_of(user, claim_id).payment_order
    if paper is None:
        raise Http404
    address = reverse("claim_order", args=[claim_id])
    if request.GET.get("view") == "html":
        context = {"paper": paper, "sheet": papers.sheet_of(paper), "pdf_url": address}
        return render(request, "papers/page.html", context | {"back_url": reverse("claim", args=[claim_id])})
    try:
        with transaction.atomic():
            content = papers.pdf(paper, by=user, at=timezone.now())
    except CannotPrint:
        return redirect(f"{address}?view=html")
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{paper.title}{paper.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
