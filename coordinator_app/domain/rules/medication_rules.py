"""The medication rules together, as the evaluation calls them."""

from collections.abc import Iterator

from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.copd_medicines import copd_reasons
from coordinator_app.domain.rules.interaction import duplicate_reasons, pair_reasons, trio_reasons
from coordinator_app.domain.rules.medication import MedicationRule, taken_by
from coordinator_app.domain.rules.medication_change import after_stay_reasons, started_reasons
from coordinator_app.domain.rules.medication_condition import allergy_reasons, condition_reasons, pregnancy_reasons
from coordinator_app.domain.rules.medication_monitoring import monitoring_reasons, result_reasons
from coordinator_app.domain.rules.medication_older import older_reasons
from coordinator_app.domain.rules.medication_start import rise_reasons, soon_reasons
from coordinator_app.domain.rules.opioid import dose_reasons
from coordinator_app.domain.rules.opioid_patterns import pattern_reasons
from coordinator_app.domain.rules.worsening_drugs import drug_sign_reasons

MEDICATION_RULES: tuple[MedicationRule, ...] = (
    pair_reasons,
    trio_reasons,
    duplicate_reasons,
    dose_reasons,
    older_reasons,
    condition_reasons,
    allergy_reasons,
    pregnancy_reasons,
    monitoring_reasons,
    result_reasons,
    after_stay_reasons,
    started_reasons,
    drug_sign_reasons,
    pattern_reasons,
    soon_reasons,
    rise_reasons,
    copd_reasons,
)


def medication_reasons(case: Case) -> Iterator[Reason]:
    """Yield every question about medicines; nothing for somebody of whom no known drug is on record."""
    taken = taken_by(case)
    if taken.courses:
        for rule in MEDICATION_RULES:
            yield from rule(taken)
