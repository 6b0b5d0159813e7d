"""Quality measures in measure view: where a person stands in a calendar year's measure, by the site's value sets.

How to write one:

1. One file a measure, named by its topic, ending in ``MEASURE = Measure("CMS125", "breast cancer", SETS, _judge)``,
   and a line in ``catalogue.py``. A version for other years is a second ``Measure`` with ``first_year``, ``last_year``.
2. ``SETS`` gives our own word for each set of codes the measure asks about: a tuple of value-set OIDs (``oids.py``)
   and single ``Coding``s. Join the sets of shared definitions: ``{**hospice.SETS, "visit": visits.ADULT, ...}``.
3. ``_judge(view)`` answers ``{"Group_1": places}``: one ``Place`` for each unit in the initial population - one for a
   person, one a visit where the measure counts visits - and ``NOBODY`` where there is none. ``tally`` settles the
   rest: outside the denominator nothing counts, an exclusion outranks the numerator, the numerator an exception.
4. Ask the view, never the chart: ``view.of(kind, word, ...)`` for what was done (nothing negated),
   ``view.refused(...)`` for what was expressly not done, ``view.diagnoses(word)`` for conditions nobody refuted,
   ``view.means(coding, word)`` for values, ``view.age_at_end``. Statuses stand in ``statuses.py``, questions about
   days in ``days.py``, about times of day in ``instants.py``, courses of drugs in ``courses.py``, visits in
   ``visits.py``, what was there, ordered or refused at some of them in ``at_visits.py``.
5. Leave early: who is not in the population, or is excluded, needs no numerator.

Measures are pure, read nothing but the view, and know no test patient. Periods are calendar days, both ends included.
"""
