"""Invented people: a panel that looks like western Massachusetts and belongs to nobody."""
