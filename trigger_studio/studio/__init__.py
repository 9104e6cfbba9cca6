"""The window without Qt: the open document, its edits and undo, activity, chart and search models."""
