"""The flowchart's widget: detail near, overview far, minimap and palette."""
