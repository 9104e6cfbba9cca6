"""The REST API: what the window and the command line can do, for programs."""
