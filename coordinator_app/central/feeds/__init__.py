"""What payers, hospitals and practices send: read record by record, judged, and handed to the store."""
