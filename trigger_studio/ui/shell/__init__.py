"""The window itself: commands, menus, toolbar, status, and what joins canvas, inspector and panels."""
