"""Every measure we can judge, by id and year."""

from coordinator_app.domain.measures import (
    antidepressants,
    attention_deficit,
    blood_pressure,
    body_mass,
    bp_screening,
    breast,
    cervical,
    child_vaccines,
    child_weight,
    chlamydia,
    cognition,
    colorectal,
    coronary_beta_blocker,
    current_medications,
    depression_remission,
    depression_screening,
    eye_exam,
    falls,
    glycemia,
    heart_failure_ace,
    heart_failure_beta_blocker,
    high_risk_drugs,
    hiv_screening,
    kidney_health,
    opioids_at_discharge,
    referral_loop,
    statin,
    tobacco,
)
from coordinator_app.domain.measures.measure import Measure

MEASURES: tuple[Measure, ...] = (
    breast.MEASURE,
    cervical.MEASURE,
    colorectal.MEASURE,
    glycemia.MEASURE,
    blood_pressure.MEASURE,
    eye_exam.MEASURE,
    kidney_health.MEASURE,
    chlamydia.MEASURE,
    hiv_screening.MEASURE,
    falls.MEASURE,
    child_weight.MEASURE,
    child_vaccines.MEASURE,
    tobacco.MEASURE,
    depression_screening.MEASURE,
    body_mass.MEASURE,
    statin.MEASURE,
    referral_loop.MEASURE,
    current_medications.MEASURE,
    bp_screening.MEASURE,
    depression_remission.MEASURE,
    antidepressants.MEASURE,
    attention_deficit.MEASURE,
    high_risk_drugs.MEASURE,
    opioids_at_discharge.MEASURE,
    heart_failure_ace.MEASURE,
    heart_failure_beta_blocker.MEASURE,
    coronary_beta_blocker.MEASURE,
    cognition.MEASURE,
)


def measure_for(measure_id: str, year: int) -> Measure | None:
    """Return the measure that holds for a calendar year, or None where we have no rule."""
    for measure in MEASURES:
        if measure.id == measure_id and measure.first_year <= year <= measure.last_year:
            return measure
    return None
