"""What leaves the database: webhooks and messages, carried durably and outside of any transaction."""
