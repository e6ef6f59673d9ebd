"""The pages of this app."""

from django.urls import URLPattern, URLResolver

from workflows.web import her_urls, my_urls, office_urls, paper_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *her_urls.urlpatterns,
    *my_urls.urlpatterns,
    *office_urls.urlpatterns,
    *paper_urls.urlpatterns,
]
