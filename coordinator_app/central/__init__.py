"""What runs beside the central database: server, loading, evaluation, people, demo."""
