"""Widgets and looks that know nothing of rules: theme, icons, tables, dialogs."""
