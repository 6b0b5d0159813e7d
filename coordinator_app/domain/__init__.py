"""The words and rules of care coordination; the standard library only."""
