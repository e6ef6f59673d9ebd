"""Women of the demo, all of them made up: the same ones each time, so that a second run finds them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

SEED: Final = 20260101
SURNAMES: Final = "石桃杏李梅柳杨槐榆桑麦谷禾苗田井泉溪江河云雨雪霜秋夏"
GIVEN: Final = [
    "小满",
    "立春",
    "谷雨",
    "芒种",
    "夏至",
    "小暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "小雪",
    "冬至",
    "春燕",
    "秋菊",
    "冬梅",
    "月桂",
    "巧云",
    "玉兰",
    "金穗",
    "银花",
    "彩霞",
    "红英",
    "素琴",
    "翠萍",
    "丽娟",
    "秀荷",
    "晓棠",
    "海棠",
    "云霞",
    "雪莲",
]
GIVEN_OF_MEN: Final = ["大山", "长河", "建国", "永丰", "志强", "海生", "春生", "东升", "向阳", "广田", "青松", "守田"]

# (project type, what she does, where, what the money buys: the first takes three fifths)
TRADES: Final = (
    ("farm_stay", "农家乐", "村口临路的院子", "修厨房和客房", "买桌椅被褥"),
    ("planting", "种樱桃", "村东三亩樱桃园", "建大棚", "买苗和肥"),
    ("raising", "养鸡", "村北林地", "建鸡舍", "买鸡苗饲料"),
    ("processing", "家纺加工", "自家厢房", "买缝纫机", "进布料"),
    ("shop", "网店卖柿饼", "镇上快递站旁", "买烘干机", "进货和包装"),
    ("craft", "柳编手工", "自家院子", "买工具和晾架", "收柳条"),
    ("raising", "养奶羊", "村西坡地", "买奶羊", "建羊圈"),
    ("planting", "种石榴", "南坡五亩地", "打井铺管", "买苗"),
)


@dataclass(frozen=True)
class Woman:
    """One made-up woman and what she plans."""

    name: str
    id_no: str
    spouse_name: str
    spouse_id_no: str
    mobile: str
    account_no: str
    address: str
    is_married: bool
    project_type: str
    trade: str
    site: str
    first_use: str
    second_use: str
    jobs: int
    proof: str


def women() -> Iterator[Woman]:
    """Without end; no two have the same name, number or phone."""
    dice = random.Random(SEED)  # noqa: S311 - made-up people, not secrets
    names: set[str] = set()
    for number in count(1):
        name = _fresh_name(dice, names)
        birth_on = date(dice.randint(1970, 2002), dice.randint(1, 12), dice.randint(1, 28))
        project_type, trade, site, first_use, second_use = TRADES[number % len(TRADES)]
        yield Woman(
            name=name,
            id_no=made_up_id_no(number, birth_on, is_female=True),
            spouse_name=dice.choice(SURNAMES) + dice.choice(GIVEN_OF_MEN),
            spouse_id_no=made_up_id_no(number, birth_on.replace(year=birth_on.year - 2), is_female=False),
            mobile=f"1381{number:07d}",
            account_no=_account_no(number),
            address=f"{dice.randint(1, 9)} 组 {dice.randint(1, 60)} 号",
            is_married=dice.random() < 0.8,
            project_type=project_type,
            trade=trade,
            site=site,
            first_use=first_use,
            second_use=second_use,
            jobs=dice.randint(0, 6),
            proof=dice.choice(("village_certificate", "village_certificate", "contract")),
        )


def _fresh_name(dice: random.Random, taken: set[str]) -> str:
    while (name := dice.choice(SURNAMES) + dice.choice(GIVEN)) in taken:
        pass
    taken.add(name)
    return name


def made_up_id_no(number: int, birth_on: date, *, is_female: bool) -> str:
    """Area 990000, which is no place; 17th digit even for women (GB 11643)."""
    body = f"990000{birth_on:%Y%m%d}{number * 2 + (0 if is_female else 1):03d}"
    return body + str(mod_11_2.calc_check_digit(body))


def _account_no(number: int) -> str:
    body = f"622319{number:012d}"
    return body + str(luhn.calc_check_digit(body))
