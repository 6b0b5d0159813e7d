"""What every screen is built from: look, lanes, lists and painted parts."""
