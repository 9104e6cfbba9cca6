"""What the window says about halts, limits, live evaluation and previews."""
