"""What can be known from the rules alone: the chain graph, its layout, proofs and findings. Pure."""
