"""我交的材料: the photographs that she handed in, as she turned them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workflows.web.my.hers import CasePage


class MyDocuments(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        documents = self.case.applicant.documents.kept().order_by("pk")
        return render(request, "workflows/my/documents.html", {"case": self.case, "documents": documents})
