"""What the flowchart shows, as values: cards, frames and lines, what changed, what ran."""
