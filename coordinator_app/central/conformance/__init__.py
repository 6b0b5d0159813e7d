"""Holds our measures against decks of test patients that their stewards wrote."""
