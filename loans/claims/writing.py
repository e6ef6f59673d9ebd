"""A claim's lines and their days, written for thousands of loans in a few statements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db import connection

from loans.claims.figures import Figures
from loans.models import ClaimLine, ClaimSegment, SubsidyClaim

_LINE: Final = (
    "claim_id",
    "loan_id",
    "days",
    "opening_fen",
    "closing_fen",
    "interest_fen",
    "ours_fen",
    "bank_fen",
    "payment",
    "bank_reason",
    "query",
    "answer",
)
_SEGMENT: Final = (
    "line_id",
    "loan_id",
    "from_on",
    "to_on",
    "days",
    "balance_fen",
    "subsidised_fen",
    "interest_fen",
    "subsidy_fen",
    "why",
)


Row = tuple[int | str | date, ...]


class Computed(NamedTuple):
    """What one loan's quarter comes to, and which way its money goes."""

    loan_id: int
    payment: str
    figures: Figures


def write_lines(claim: SubsidyClaim, computed: Sequence[Computed]) -> None:
    """A line for each loan, the bank's figure as ours, and under it its segments. Loans come in the order of their ids.

    What the models' constraints and the triggers ask is asked as of any other row.
    """
    if not computed:
        return
    lines = ((claim.pk, loan_id, *_told(one), payment, "", "", "") for loan_id, payment, one in computed)
    _insert(ClaimLine._meta.db_table, _LINE, lines)
    written = claim.lines.filter(
        adjusts__isnull=True, loan_id__gte=computed[0].loan_id, loan_id__lte=computed[-1].loan_id
    )
    _insert(ClaimSegment._meta.db_table, _SEGMENT, _segments(computed, dict(written.values_list("loan_id", "pk"))))


def _told(one: Figures) -> tuple[int, int, int, int, int, int]:
    return one.days, one.opening_fen, one.closing_fen, one.interest_fen, one.subsidy_fen, one.subsidy_fen


def _segments(computed: Iterable[Computed], lines: Mapping[int, int]) -> Iterable[Row]:
    for loan_id, _payment, figures in computed:
        line_id = lines[loan_id]
        for (from_on, to_on, balance_fen, subsidised_fen, why), days, interest_fen, subsidy_fen in figures.segments:
            yield (
                line_id,
                loan_id,
                from_on,
                to_on,
                days,
                balance_fen,
                subsidised_fen,
                interest_fen,
                subsidy_fen,
                str(why),
            )


def _insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """PostgreSQL takes them as one COPY; SQLite row by row, which costs it little."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", list(rows))
