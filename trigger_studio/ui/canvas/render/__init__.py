"""Drawing the flowchart: painters, sprites and where things are, no gestures."""
