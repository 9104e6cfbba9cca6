"""Use cases without Qt: what the window, the command line and the REST API share."""
