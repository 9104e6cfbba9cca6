"""Frozen values that the whole house speaks in: profile, event, rule, condition, action, firing."""
