"""Pages of a long list, each found by the row beside it: rows that come in meanwhile neither repeat nor hide one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)

PAGE_ROWS = 50
AFTER, BEFORE = "after", "before"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """So many rows, and the queries of the pages beside this one; "" where there is none."""

    rows: list[Row]
    previous_url: str
    next_url: str


def page_of(
    rows: QuerySet[Row], *, query: QueryDict, order: Sequence[str] = ("-pk",), size: int = PAGE_ROWS
) -> Page[Row]:
    """The page that the address asks for: the rows after or before the one it names, else the first ones.

    `order` are columns of the row that are never null, the last one unique; "-" turns one around. What else stands
    in the address is kept.
    """
    is_backwards = BEFORE in query
    beside = _named(rows, query.get(BEFORE) or query.get(AFTER, ""), order)
    is_backwards = is_backwards and beside is not None
    in_order = rows.order_by(*order)
    if is_backwards:
        in_order = in_order.reverse()
    if beside is not None:
        in_order = in_order.filter(_beyond(beside, order, backwards=is_backwards))
    found = list(in_order[: size + 1])
    shown, has_more = found[:size], len(found) > size
    if is_backwards:
        shown.reverse()
    has_previous, has_next = (has_more, True) if is_backwards else (beside is not None, has_more)
    return Page(
        rows=shown,
        previous_url=_address(query, BEFORE, shown[0].pk) if shown and has_previous else "",
        next_url=_address(query, AFTER, shown[-1].pk) if shown and has_next else "",
    )


def _named(rows: QuerySet[Row], pk: str, order: Sequence[str]) -> dict[str, Any] | None:
    """The columns of the row beside the page, whether or not it is still among the rows; None where it is no row."""
    if not pk.isdecimal():
        return None
    columns = [column.removeprefix("-") for column in order]
    return rows.model._default_manager.filter(pk=pk).values(*columns).first()


def _beyond(beside: dict[str, Any], order: Sequence[str], *, backwards: bool) -> Q:
    """Everything that stands after the row in this order, or before it."""
    beyond, same = Q(), Q()
    for column in order:
        name = column.removeprefix("-")
        is_falling = column.startswith("-") is not backwards
        beyond |= same & Q((f"{name}__{'lt' if is_falling else 'gt'}", beside[name]))
        same &= Q((name, beside[name]))
    return beyond


def _address(query: QueryDict, direction: str, pk: Any) -> str:
    kept = query.copy()
    for name in (AFTER, BEFORE):
        kept.pop(name, None)
    kept[direction] = str(pk)
    return f"?{kept.urlencode()}"
