"""The decision: pure functions from rules, world and event to what fires and why."""
