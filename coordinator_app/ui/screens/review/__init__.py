"""Review: a supervisor reads what the team wrote and says a word on it; a coordinator reads what came back."""
