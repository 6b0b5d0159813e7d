"""Who saw a patient: the one screen of an auditor."""
