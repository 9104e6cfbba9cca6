"""Where cards, frames and lines go."""
