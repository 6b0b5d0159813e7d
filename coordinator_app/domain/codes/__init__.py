"""How codes are written, so that two spellings of one code compare equal."""
