"""The newest paper of a kind of a case, and what it says."""

from django.utils.html import strip_tags

from records import papers
from records.models import IssuedPaper
from workflows.models import Application


def paper_of(case: Application, kind: str) -> IssuedPaper:
    return IssuedPaper.objects.filter(case__application=case, kind=kind).latest("pk")


def words_of(case: Application, kind: str) -> str:
    """Without the breaks of lines and cells, as pypdf would read it."""
    return "".join(strip_tags(papers.sheet_of(paper_of(case, kind))).split())


def kinds_of(case: Application) -> list[str]:
    return list(case.papers.order_by("pk").values_list("paper__kind", flat=True))
