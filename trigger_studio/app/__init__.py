"""The composition root: builds every object once and hands it down."""
