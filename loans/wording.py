"""What the codes of the money arithmetic say to people. Every sentence says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise | str] = {
    # loans/money.py
    "amount_missing": _("写上金额，比如 50000 或 5 万"),
    "amount_not_a_number": _("金额要写数字，比如 50000 或 5 万"),
    "amount_negative": _("金额不能是负数，去掉前面的减号"),
    "amount_too_precise": _("金额最多写到分，小数点后面两位"),
    "amount_too_large": _("金额太大了，看看是不是多写了几位"),
    "percent_missing": _("写上百分数，比如 4.50"),
    "percent_not_a_number": _("要写百分数，比如 4.50"),
    "percent_too_precise": _("百分数最多写四位小数，比如 4.3575"),
    "percent_too_large": _("百分数不能超过 100"),
    # loans/terms.py
    "principal_out_of_range": _("本金要大于 0，看看是不是写错了"),
    "rate_out_of_range": _("年利率要在 0 到 100 之间"),
    "periods_out_of_range": _("期数要在 1 到 1200 之间"),
    "term_not_whole_quarters": _("按季还款，期限要是 3 个月的倍数"),
    "term_ends_too_late": _("到期日太远了，看看开始日期和期数"),
    "grace_leaves_no_instalment": _("只付息的期数要比总期数少"),
    "settlement_day_out_of_range": _("结息日要在 1 到 31 之间"),
    "instalment_unit_out_of_range": _("每期取整的单位至少是 0.01 元"),
    "instalment_unit_too_coarse": _("取整的单位太大，每期会变成 0，改小一点"),
    "instalment_needs_equal_instalments": _("只有等额本息能定每期还款额"),
    "instalment_below_interest": _("每期还款额不够付利息，改大一点"),
    "rate_change_outside_term": _("利率变动的日期要在贷款期限内"),
    "rate_change_repeats": _("同一天只能变动一次利率"),
    "prepayment_not_positive": _("提前还的本金要大于 0"),
    "prepayment_outside_term": _("提前还款的日期要在放款之后、到期之前"),
    "prepayment_repeats": _("同一天的提前还款合成一笔写"),
    "prepayment_exceeds_balance": _("提前还的本金比剩下的多，改小一点"),
    # loans/replay.py
    "event_amount_not_positive": _("这笔的金额要大于 0，和银行核对"),
    "event_ref_repeats": _("这个流水号用过了，和银行核对"),
    "event_before_start": _("这笔的日期早于放款日，和银行核对"),
    "reversal_of_nothing": _("找不到要冲正的那一笔，和银行核对"),
    # the commands' own arguments
    "date_not_a_date": _("日期要写成 2026-03-10 这样"),
    "dates_out_of_order": _("结束日期要晚于开始日期"),
    "start_after_from": _("放款日不能晚于要算的第一天"),
    "rate_change_not_readable": _("利率变动要写成 2026-09-10=4.0 这样"),
    "prepayment_not_readable": _("提前还款要写成 2026-09-10=2000,shorten 或 2026-09-10=2000,reduce"),
}
"""A code's sentence, in Simplified Chinese; locale/ has the others."""
