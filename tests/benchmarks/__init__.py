"""Figures, never tests: `scripts/bench` prints medians and ratios taken inside running processes."""
