"""One person whole: reasons, what happened, medicines, laboratory, care team."""
