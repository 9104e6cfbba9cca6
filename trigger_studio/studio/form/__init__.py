"""What the form of a rule offers: kinds, choices, fixes, and what a person typed as a value."""
