"""The encrypted store of one workstation."""
