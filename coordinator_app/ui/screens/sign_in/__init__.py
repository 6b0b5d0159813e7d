"""Before the work: opening the panel on this computer, or bringing one here."""
