"""Nothing is disclosed without her consent, a yes comes from her own phone, nobody is two people of a case."""

from records.triggers.guards import Guard, Trigger

DISCLOSURE, APPLICANT, MEMBER = "applicants_disclosure", "applicants_applicant", "applicants_householdmember"
MANDATE, PARTY, CONSENT = "applicants_mandate", "applicants_party", "applicants_partyconsent"

_HERSELF_OR_SPOUSE = (
    f"EXISTS (SELECT 1 FROM {APPLICANT} a WHERE a.id = NEW.applicant_id AND a.id_index = NEW.id_index) "
    f"OR EXISTS (SELECT 1 FROM {MEMBER} m WHERE m.applicant_id = NEW.applicant_id AND m.id_index = NEW.id_index)"
)
_SHARES = (
    "NEW.role = 'partner' AND NEW.share_percent + COALESCE((SELECT SUM(p.share_percent) "
    f"FROM {PARTY} p WHERE p.applicant_id = NEW.applicant_id AND p.role = 'partner' "
    "AND p.id_index <> NEW.id_index), 0) > 99"
)

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{DISCLOSURE}_consented",
        DISCLOSURE,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM applicants_consent c JOIN accounts_organisation o ON o.kind = c.recipient "
        "WHERE c.id = NEW.consent_id AND o.id = NEW.organisation_id AND c.applicant_id = NEW.applicant_id "
        "AND c.withdrawn_at IS NULL)",
        "no_live_consent",
    ),
    Guard(
        f"rule_{MANDATE}_own_phone",
        MANDATE,
        "UPDATE",
        "NEW.answer = 'yes' AND OLD.answer <> 'yes' AND NEW.route = 'link' AND ("
        "NOT EXISTS (SELECT 1 FROM applicants_applicant a JOIN applicants_confirmedphone c "
        "ON c.mobile_index = a.mobile_index JOIN applicants_applicant w ON w.id = c.applicant_id "
        "WHERE a.id = NEW.applicant_id AND (w.id = a.id OR (a.id_index <> '' AND a.id_index = w.id_index))) "
        "OR EXISTS (SELECT 1 FROM applicants_applicant a JOIN accounts_user u ON u.mobile_index = a.mobile_index "
        "WHERE a.id = NEW.applicant_id AND a.mobile_index <> '' AND u.kind = 'staff'))",
        "link_not_for_this_number",
    ),
    *(
        Guard(f"rule_{PARTY}_{event.lower()}_herself", PARTY, event, _HERSELF_OR_SPOUSE, "named_already")
        for event in ("INSERT", "UPDATE")
    ),
    *(
        Guard(f"rule_{PARTY}_{event.lower()}_shares", PARTY, event, _SHARES, "shares_too_large")
        for event in ("INSERT", "UPDATE")
    ),
    Guard(
        f"rule_{APPLICANT}_named",
        APPLICANT,
        "UPDATE",
        "NEW.id_index <> '' AND NEW.id_index <> OLD.id_index AND EXISTS (SELECT 1 "
        f"FROM {PARTY} p WHERE p.applicant_id = NEW.id AND p.id_index = NEW.id_index)",
        "named_already",
    ),
    *(
        Guard(
            f"rule_{MEMBER}_{event.lower()}_named",
            MEMBER,
            event,
            f"NEW.id_index <> '' AND EXISTS (SELECT 1 FROM {PARTY} p "
            "WHERE p.applicant_id = NEW.applicant_id AND p.id_index = NEW.id_index)",
            "named_already",
        )
        for event in ("INSERT", "UPDATE")
    ),
    Guard(
        f"rule_{CONSENT}_as_given",
        CONSENT,
        "UPDATE",
        "OLD.withdrawn_at IS NOT NULL OR NEW.applicant_id <> OLD.applicant_id OR NEW.role <> OLD.role "
        "OR NEW.person_index <> OLD.person_index OR NEW.text_sha256 <> OLD.text_sha256 "
        "OR NEW.text_version <> OLD.text_version OR NEW.channel <> OLD.channel OR NEW.given_at <> OLD.given_at "
        "OR COALESCE(NEW.amount_fen, 0) <> COALESCE(OLD.amount_fen, 0)",
        "consent_stays_as_given",
    ),
    Guard(f"rule_{CONSENT}_stays", CONSENT, "DELETE", "TRUE", "consent_stays_as_given"),
]
