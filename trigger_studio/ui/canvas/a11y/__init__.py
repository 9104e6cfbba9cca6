"""The flowchart for screen readers."""
