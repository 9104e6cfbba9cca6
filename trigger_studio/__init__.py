"""Trigger Studio: "when X completes, is approved or fails, start Y", designed, proved and run."""

__version__ = "0.1.0"
