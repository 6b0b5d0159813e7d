"""Every measure we can judge, by id and year."""

from coordinator_app.domain.measures import (
    blood_pressure,
    breast,
    cervical,
    child_vaccines,
    child_weight,
    chlamydia,
    colorectal,
    depression_screening,
    eye_exam,
    falls,
    glycemia,
    hiv_screening,
    kidney_health,
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
)


def measure_for(measure_id: str, year: int) -> Measure | None:
    """Return the measure that holds for a calendar year, or None where we have no rule."""
    for measure in MEASURES:
        if measure.id == measure_id and measure.first_year <= year <= measure.last_year:
            return measure
    return None
