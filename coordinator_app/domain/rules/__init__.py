"""One clinical topic a file; each returns reasons with their evidence."""
