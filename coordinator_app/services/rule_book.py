"""The rule data the desk ranks by: the pulled bundle where there is one, else what was shipped."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from coordinator_app.domain.calendar import calendar_from
from coordinator_app.domain.outreach.terms import OutreachTerms, outreach_terms
from coordinator_app.services.desk_clock import DayRules
from coordinator_app.services.ports import Shelves

Documents = Mapping[str, Mapping[str, Any]]

DEFAULT_CALENDAR = "US-MA"


class RuleBook:
    """Reads rule data from the bundle, once for each version of it."""

    def __init__(self, shipped: Callable[[], Documents]) -> None:
        self._shipped = shipped
        self._version: object = None
        self._terms: OutreachTerms | None = None

    def terms(self, shelves: Shelves) -> OutreachTerms:
        """Return what ranking, standing and the contact protocol are told."""
        version = repr(shelves.desk.facts().get("bundles"))
        if self._terms is None or version != self._version:
            self._terms = outreach_terms(self.documents(shelves))
            self._version = version
        return self._terms

    def documents(self, shelves: Shelves) -> Documents:
        """Return the documents of rule data by name; what the bundle lacks is the shipped one."""
        return {**self._shipped(), **shelves.reference.all("rule_data")}

    def day_rules(self, shelves: Shelves) -> DayRules:
        """Return the calendar and frozen day of the person's initiative, as hello told them."""
        told = shelves.desk.facts().get("initiatives") or [{}]
        initiative = told[0]
        documents = self.documents(shelves)
        named = f"calendar-{initiative.get('calendar') or DEFAULT_CALENDAR}".lower()
        document = documents.get(named, documents[f"calendar-{DEFAULT_CALENDAR}".lower()])
        calendar = calendar_from(document, str(initiative.get("zone") or ""), str(initiative.get("office") or ""))
        frozen_on = initiative.get("frozen_on")
        return DayRules(calendar, date.fromisoformat(frozen_on) if frozen_on else None)
