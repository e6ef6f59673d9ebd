"""The addresses of issued papers."""

from django.urls import path

from workflows.web.papers import case_paper, my_paper

urlpatterns = [
    path("case/<str:number>/papers/<slug:kind>", case_paper, name="case_paper"),
    path("my/<str:number>/papers/<slug:kind>", my_paper, name="my_paper"),
]
