"""Editing on the canvas: pure edits of documents, what a drop or a key comes to, and the clipboard."""
