"""The days of her case as a calendar file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from workflows.web.my.days import days_of, written
from workflows.web.my.hers import CasePage


class MyCalendar(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        days = days_of(self.case, self.clocks(), today=self.today)
        if not days:
            raise Http404("there is no day to remember")
        address = request.build_absolute_uri(reverse("my_case", args=[number]))
        content = written(days, self.case, at=self.now, url=address)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{number}.ics"'
        return response
