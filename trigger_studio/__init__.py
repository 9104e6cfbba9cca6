"""Trigger Studio: "when X completes, is approved or fails, start Y", designed, proved and run."""

import os

__version__ = "0.1.0"

# We use no plugins of pydantic's; to look for some it would read the metadata of every installed package at each start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
