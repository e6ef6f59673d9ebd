"""A slip to print and take home: the number, how to go on, and what is still open. It holds nothing of hers."""

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from workflows.web.apply import steps
from workflows.web.apply.page import DraftPage
from workflows.web.apply.papers import checklist
from workflows.web.apply.person import mobile_shown


class SlipPage(DraftPage):
    template_name = "workflows/apply/slip.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        address = request.build_absolute_uri(reverse("apply"))
        code = segno.make(f"{address}?case={self.case.number}", error="m")
        # White ground of its own: a camera can't read it on a dark page.
        qr = code.svg_data_uri(scale=4, border=2, light="#fff")
        progress = steps.progress_of(self.case, is_by_helper=False)
        return self.page(
            None,
            address=address,
            qr=qr,
            mobile=self.case.applicant.masked_mobile or mobile_shown(self.case.applicant),
            open_steps=[one for one in progress.steps if not progress.is_done(one)],
            open_papers=[row.kind.label for row in checklist(self.case) if row.is_needed and not row.documents],
            now=timezone.now(),
        )
