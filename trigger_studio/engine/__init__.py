"""The loop that claims, decides and commits, the ports it needs, and the sandbox that predicts it."""
