"""The rule as a form: sections that show a part of its document each, and send what a person changes."""
