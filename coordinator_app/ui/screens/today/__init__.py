"""The call list and the person chosen in it."""
