"""Design tokens for light and dark; `dressing` puts the application into them.

Widgets never hold colours of their own: the window is dressed by palette and style sheet, and what paints itself asks
`tokens_of(widget.palette())`, so that it follows a change of the system's theme at the next `changeEvent`.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette

from trigger_studio.frozen import frozen

FONT_FAMILIES: Final = ("Inter", "Segoe UI Variable", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
MONO_FAMILIES: Final = ("JetBrains Mono", "Cascadia Mono", "SF Mono", "DejaVu Sans Mono", "monospace")


class Space:
    """Distances in device-independent pixels."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24


class Radius:
    """Corner radii in device-independent pixels."""

    S: Final = 4
    M: Final = 6
    L: Final = 10


class Type:
    """The type scale in points: what the eye should read first is larger, never just bolder."""

    BODY: Final = 13.0 if sys.platform == "darwin" else 10.0
    CAPTION: Final = BODY * 0.85
    TITLE: Final = BODY * 1.15
    HEADING: Final = BODY * 1.5


@frozen
class Tokens:
    """Every colour of one theme, as `#rrggbb`.

    Attributes:
        window: behind panels. canvas: behind the flowchart. surface: cards, fields, lists. raised: hovered, headers.
        line: borders at rest. line_strong: borders of fields. text, muted, faint: three loudnesses of writing.
        accent: selection and the primary button. on_accent: writing on it.
        event, condition, action, gate, neutral: a flowchart's kinds.
        done, running, waiting, failed, refused: run states.
    """

    name: str
    window: str
    canvas: str
    dots: str
    surface: str
    raised: str
    frame: str
    line: str
    line_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    wire: str
    event: str
    condition: str
    action: str
    gate: str
    gate_text: str
    neutral: str
    done: str
    running: str
    waiting: str
    failed: str
    refused: str

    @property
    def dark(self) -> bool:
        return self.name == "dark"


LIGHT: Final = Tokens(
    name="light",
    window="#f3f5f8", canvas="#f7f8fb", dots="#d9dee8", surface="#ffffff", raised="#eef1f6", frame="#eff2f7",
    line="#dde2ea", line_strong="#c5ccd8", text="#182033", muted="#5a657b", faint="#8b95a8",
    accent="#2f6bea", accent_soft="#e3ecfe", on_accent="#ffffff", wire="#a3aec0",
    event="#2f6bea", condition="#7a4fe0", action="#0f9f6e", gate="#d97706", gate_text="#8a4b04", neutral="#64748b",
    done="#0f9f6e", running="#2f6bea", waiting="#d97706", failed="#dc3545", refused="#64748b",
)  # fmt: skip

DARK: Final = Tokens(
    name="dark",
    window="#12161f", canvas="#0e131c", dots="#232b3a", surface="#1a2130", raised="#232b3b", frame="#141a26",
    line="#2a3344", line_strong="#3a4559", text="#e8ecf4", muted="#9aa6ba", faint="#6c7890",
    accent="#5b9bff", accent_soft="#1e3154", on_accent="#0b1220", wire="#56637a",
    event="#4a90ff", condition="#a47dff", action="#2dc08c", gate="#f5a524", gate_text="#f7bd5c", neutral="#8794aa",
    done="#2dc08c", running="#4a90ff", waiting="#f5a524", failed="#f2555f", refused="#8794aa",
)  # fmt: skip


def tokens_of(palette: QPalette) -> Tokens:
    """The tokens a palette was made from, judged by its window colour."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def make_palette(tokens: Tokens) -> QPalette:
    """A palette for what the style sheet does not reach: item views, disabled states, links, native dialogs."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window, role.WindowText: tokens.text, role.Base: tokens.surface,
        role.AlternateBase: tokens.raised, role.Text: tokens.text, role.Button: tokens.surface,
        role.ButtonText: tokens.text, role.BrightText: tokens.failed, role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text, role.PlaceholderText: tokens.faint, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.Link: tokens.accent, role.LinkVisited: tokens.condition,
        role.Light: tokens.raised, role.Midlight: tokens.line, role.Mid: tokens.line_strong,
        role.Dark: tokens.line_strong, role.Shadow: tokens.window, role.Accent: tokens.accent,
    }  # fmt: skip
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.line))
    return palette


def base_font() -> QFont:
    """The application's font: the first of our families that the machine has, unhinted so that it scales evenly."""
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPointSizeF(Type.BODY)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
