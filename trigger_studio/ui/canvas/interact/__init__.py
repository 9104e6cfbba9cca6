"""Mouse and keyboard on the flowchart become commands."""
