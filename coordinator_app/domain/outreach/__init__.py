"""Whom to call next, and why, as of now."""
