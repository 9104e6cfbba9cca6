"""Rules in plain English."""
