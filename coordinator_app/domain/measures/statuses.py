"""Which statuses count as done, ordered, or taking place."""

FINAL = frozenset({"final", "amended", "corrected"})
NOTED = FINAL | {"preliminary"}
CANCELLED = frozenset({"cancelled"})
DONE = frozenset({"completed"})
ORDERED = frozenset({"active", "completed"})
ACTIVE = frozenset({"active"})
FINISHED = frozenset({"finished"})
BEGUN = FINISHED | {"arrived", "triaged", "in-progress", "onleave"}
HANDED_OUT = frozenset({"completed", "in-progress", "on-hold"})

ORDER = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order"})
"""Intents of a request that is an order, not a plan or a proposal."""
