"""Needs you: what the centre could not simply take, with the reason in words; there only while there is any."""
