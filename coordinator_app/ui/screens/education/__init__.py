"""A lesson for a patient: which topic, in which language, and what came back."""
