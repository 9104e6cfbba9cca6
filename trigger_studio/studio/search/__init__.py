"""Looking through everything that is open: rules, entities, commands."""
