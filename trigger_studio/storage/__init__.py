"""Tables, migrations and stores, on SQLite and on PostgreSQL."""
