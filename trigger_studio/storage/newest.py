"""The newest revision of the schema; apart from the rest, for whoever has no time to load it."""

HEAD = "0013"
"""A test holds it against the migration scripts."""
