"""The State Council's yearly notices on holidays, 2020–2026, as they stood in the end.

A paragraph of a notice is one `Festival`. Weekend days that a notice lists as worked (调休上班) are working
days; all other weekends rest, whether a notice names them or not.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Festival(NamedTuple):
    """One festival of one notice: its days of rest and the weekend days worked in exchange, ISO dates."""

    name: str
    rest_from: str
    rest_through: str
    worked: tuple[str, ...] = ()

    def rest_days(self) -> Iterator[date]:
        """Every day of rest, the first and the last included."""
        first, last = date.fromisoformat(self.rest_from), date.fromisoformat(self.rest_through)
        return (first + timedelta(days=n) for n in range((last - first).days + 1))

    def worked_days(self) -> Iterator[date]:
        return (date.fromisoformat(day) for day in self.worked)


class OfficialYear(NamedTuple):
    """One year's notice of the General Office of the State Council, under its document number and date."""

    source: str
    festivals: tuple[Festival, ...]


OFFICIAL_YEARS = {
    2020: OfficialYear(
        # The second notice lengthened the Spring Festival by three days against the epidemic; Saturday
        # 1 February, which the first one had made a working day, was rested after all.
        "国办发明电〔2019〕16号，2019-11-21；国办发明电〔2020〕1号，2020-01-26",
        (
            Festival("元旦", "2020-01-01", "2020-01-01"),
            Festival("春节", "2020-01-24", "2020-02-02", ("2020-01-19",)),
            Festival("清明节", "2020-04-04", "2020-04-06"),
            Festival("劳动节", "2020-05-01", "2020-05-05", ("2020-04-26", "2020-05-09")),
            Festival("端午节", "2020-06-25", "2020-06-27", ("2020-06-28",)),
            Festival("国庆节、中秋节", "2020-10-01", "2020-10-08", ("2020-09-27", "2020-10-10")),
        ),
    ),
    2021: OfficialYear(
        "国办发明电〔2020〕27号，2020-11-25",
        (
            Festival("元旦", "2021-01-01", "2021-01-03"),
            Festival("春节", "2021-02-11", "2021-02-17", ("2021-02-07", "2021-02-20")),
            Festival("清明节", "2021-04-03", "2021-04-05"),
            Festival("劳动节", "2021-05-01", "2021-05-05", ("2021-04-25", "2021-05-08")),
            Festival("端午节", "2021-06-12", "2021-06-14"),
            Festival("中秋节", "2021-09-19", "2021-09-21", ("2021-09-18",)),
            Festival("国庆节", "2021-10-01", "2021-10-07", ("2021-09-26", "2021-10-09")),
        ),
    ),
    2022: OfficialYear(
        "国办发明电〔2021〕11号，2021-10-25",
        (
            Festival("元旦", "2022-01-01", "2022-01-03"),
            Festival("春节", "2022-01-31", "2022-02-06", ("2022-01-29", "2022-01-30")),
            Festival("清明节", "2022-04-03", "2022-04-05", ("2022-04-02",)),
            Festival("劳动节", "2022-04-30", "2022-05-04", ("2022-04-24", "2022-05-07")),
            Festival("端午节", "2022-06-03", "2022-06-05"),
            Festival("中秋节", "2022-09-10", "2022-09-12"),
            Festival("国庆节", "2022-10-01", "2022-10-07", ("2022-10-08", "2022-10-09")),
        ),
    ),
    2023: OfficialYear(
        "国办发明电〔2022〕16号，2022-12-08",
        (
            Festival("元旦", "2022-12-31", "2023-01-02"),
            Festival("春节", "2023-01-21", "2023-01-27", ("2023-01-28", "2023-01-29")),
            Festival("清明节", "2023-04-05", "2023-04-05"),
            Festival("劳动节", "2023-04-29", "2023-05-03", ("2023-04-23", "2023-05-06")),
            Festival("端午节", "2023-06-22", "2023-06-24", ("2023-06-25",)),
            Festival("中秋节、国庆节", "2023-09-29", "2023-10-06", ("2023-10-07", "2023-10-08")),
        ),
    ),
    2024: OfficialYear(
        "国办发明电〔2023〕7号，2023-10-25",
        (
            Festival("元旦", "2024-01-01", "2024-01-01"),
            Festival("春节", "2024-02-10", "2024-02-17", ("2024-02-04", "2024-02-18")),
            Festival("清明节", "2024-04-04", "2024-04-06", ("2024-04-07",)),
            Festival("劳动节", "2024-05-01", "2024-05-05", ("2024-04-28", "2024-05-11")),
            Festival("端午节", "2024-06-10", "2024-06-10"),
            Festival("中秋节", "2024-09-15", "2024-09-17", ("2024-09-14",)),
            Festival("国庆节", "2024-10-01", "2024-10-07", ("2024-09-29", "2024-10-12")),
        ),
    ),
    2025: OfficialYear(
        "国办发明电〔2024〕12号，2024-11-12",
        (
            Festival("元旦", "2025-01-01", "2025-01-01"),
            Festival("春节", "2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08")),
            Festival("清明节", "2025-04-04", "2025-04-06"),
            Festival("劳动节", "2025-05-01", "2025-05-05", ("2025-04-27",)),
            Festival("端午节", "2025-05-31", "2025-06-02"),
            Festival("国庆节、中秋节", "2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11")),
        ),
    ),
    2026: OfficialYear(
        "国办发明电〔2025〕7号，2025-11-04",
        (
            Festival("元旦", "2026-01-01", "2026-01-03", ("2026-01-04",)),
            Festival("春节", "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
            Festival("清明节", "2026-04-04", "2026-04-06"),
            Festival("劳动节", "2026-05-01", "2026-05-05", ("2026-05-09",)),
            Festival("端午节", "2026-06-19", "2026-06-21"),
            Festival("中秋节", "2026-09-25", "2026-09-27"),
            Festival("国庆节", "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
        ),
    ),
}
