"""Running numbers of applications and papers: W2026-0101, 石妇贷〔2026〕00012."""

from django.db.models import F

from records.models.number import NumberSeries


def next_in(series: str, *, year: int) -> int:
    """The next number of the series in that year, from 1. Two callers never get the same one."""
    row, _created = NumberSeries.objects.get_or_create(series=series, year=year)
    NumberSeries.objects.filter(pk=row.pk).update(last=F("last") + 1)
    row.refresh_from_db()
    return row.last
