"""What is sent, in the keys of the field dictionary."""

from typing import Any

DRAFT: dict[str, Any] = {
    "full_name": "申请人甲",
    "id_no": "990000199001010025",
    "mobile": "13800000001",
    "village": "990000101201",
    "address": "三组 12 号",
    "registered_in_city": "yes",
    "resides_in_city": "yes",
    "public_payroll": "no",
    "other_loans": ["none"],
    "has_overdue_debt": "no",
    "marital_status": "single",
    "project_type": "farm_stay",
    "site": "河湾村村口",
    "started_on": "1_to_3",
    "income_band": "50k_to_100k",
    "jobs": 2,
    "proof": "village_certificate",
    "amount": "50000.00",
    "term_months": 12,
    "method": "interest_only",
    "use_rows": [{"use": "修灶台", "amount": "30000.00"}, {"use": "进货", "amount": "20000.00"}],
    "account_no": "6223190000000081234",
    "surety_way": "talk",
    "consents": ["federation", "guarantor", "bank", "finance"],
}
VISIT: dict[str, Any] = {
    "visit_on": "2026-09-21",
    "visitors": ["town", "town2"],
    "met_in_person": True,
    "identity_matches": True,
    "was_asked_alone": True,
    "voluntary": "yes",
    "family_knows": True,
    "business_is_real": True,
    "seen": "院里有八张桌子，灶台正在修，菜地两亩。",
    "suggested_amount": "50000.00",
}
GUARANTEE: dict[str, Any] = {
    "opinion": "同意担保。",
    "cover": "50000.00",
    "guarantee_no": "惠担函〔2026〕0001",
    "counter_guarantees": [{"kind": "person", "description": "堂兄，镇上开店"}],
}
APPROVAL: dict[str, Any] = {
    "approved_amount": "50000.00",
    "rate": "4.50",
    "lpr": "3.00",
    "lpr_on": "2026-08-20",
    "term_months": 12,
    "method": "interest_only",
    "credit_result": "passed",
}
SIGNING: dict[str, Any] = {"contract_no": "农信借字〔2026〕0001", "signed_on": "2026-09-21"}
PAYMENT: dict[str, Any] = {
    "bank_serial": "NX202609210001",
    "bank_loan_no": "JJ20260001",
    "paid_on": "2026-09-21",
    "amount": "50000.00",
}
REASONS: list[dict[str, str]] = [
    {"code": "project", "words": "开棋牌室不在支持的项目里，这次贷不了。", "advice": "换成农家乐或种植，可以再来申请。"}
]
