"""Every address. Each app names its own pages; nothing else is decided here."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
