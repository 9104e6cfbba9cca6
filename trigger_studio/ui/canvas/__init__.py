"""The flowchart canvas: a view of the chain graph on NodeGraphQt's viewer and items."""

from trigger_studio.ui import qtshim

qtshim.install()
