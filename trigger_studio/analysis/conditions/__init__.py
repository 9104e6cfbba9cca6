"""What conditions can still hold for, and examples that fit them."""
