"""What a person does in the window, by topic: each part asks a use case off the window's thread.

No part changes anything on the screen: it takes what comes back into the document or the activity, and those tell the
panels.
"""
