"""Every door of the program under arbitrary input: nothing may end in a fault of ours, take long, or stand still."""
