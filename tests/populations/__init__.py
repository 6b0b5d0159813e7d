"""The public populations, loaded and judged whole: counts for each kind of reason, and charts to read by hand."""
