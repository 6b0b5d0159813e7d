"""What a person does: one file per activity, one method per use case."""
