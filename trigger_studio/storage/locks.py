"""Advisory locks on PostgreSQL, all held until the transaction ends; SQLite has one writer anyway."""

HALT_LOCK = 0x7517_0001
"""Halts exclude starts: shared by whoever starts actions, alone for whoever halts."""
LANE_LOCK = 0x7517_0002
"""One decider a lane."""
PARENT_LOCK = 0x7517_0003
"""One decider for the joins under a parent."""
FARM_LOCK = 0x7517_0004
"""One simulated farm ends a job at a time."""
LIMIT_LOCK = 0x7517_0005
"""Limits reach over lanes: one engine at a time counts what they leave, and starts what they allow."""
CLICK_LOCK = 0x7517_0006
"""One engine at a time begins to keep what a chain takes."""
