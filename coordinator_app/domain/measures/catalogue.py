"""Every measure we can judge, by id and year."""

from coordinator_app.domain.measures import breast
from coordinator_app.domain.measures.measure import Measure

MEASURES: tuple[Measure, ...] = (breast.MEASURE,)


def measure_for(measure_id: str, year: int) -> Measure | None:
    """Return the measure that holds for a calendar year, or None where we have no rule."""
    for measure in MEASURES:
        if measure.id == measure_id and measure.first_year <= year <= measure.last_year:
            return measure
    return None
