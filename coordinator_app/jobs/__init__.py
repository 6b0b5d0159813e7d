"""What happens by itself, and when; APScheduler lives here only."""
