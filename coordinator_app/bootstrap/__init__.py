"""The only place that names concrete classes: builds, connects, closes."""
