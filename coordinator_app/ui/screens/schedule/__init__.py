"""A day of visits and promised calls, and the form that asks for a visit and says what became of it."""
