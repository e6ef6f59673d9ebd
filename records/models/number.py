from django.db import models


class NumberSeries(models.Model):
    """One running number: the last one given in a series and year."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_series_counts_once_a_year", fields=["series", "year"])]
