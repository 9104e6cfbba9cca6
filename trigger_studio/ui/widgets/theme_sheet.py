"""The style sheet of the whole application, written from the design tokens."""

from __future__ import annotations

from string import Template
from typing import Final

from trigger_studio import resources
from trigger_studio.ui.widgets.theme import MONO_FAMILIES, Radius, Space, Tokens, Type

_SHEET: Final = Template("""
QToolTip {
  background: $raised; color: $text; border: 1px solid $line_strong; padding: ${xs}px ${s}px;
}
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }

QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: ${caption}pt; }
QLabel[role="problem"] { color: $failed; }
QLabel[role="verb"] { color: $condition; font-weight: 600; }
QLabel[role="promise"] {
  color: $accent; background: $accent_soft; border-radius: ${radius}px; padding: 2px ${s}px; font-size: ${caption}pt;
}
QLabel[role="passed"] { color: $done; }
QLabel[role="mark"] { font-size: ${caption}pt; color: $failed; }
QLabel[role="mark"][passed="true"] { color: $done; }
QLabel[role="mono"], QPlainTextEdit[role="mono"] { font-family: $mono; }

QPushButton, QToolButton {
  background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${radius}px;
  padding: 5px ${m}px; min-height: 18px;
}
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked {
  background: $accent_soft; border-color: $accent; color: $text;
}
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $window; border-color: $line; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 1px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; border-color: $line; color: $faint; }
QPushButton[role="danger"], QToolButton[role="danger"] { color: $failed; border-color: $failed; }
QPushButton[role="danger"]:hover, QToolButton[role="danger"]:hover { background: $alarm; }
QPushButton[role="halt"] {
  background: $failed; border: 2px solid $failed; color: $surface; font-weight: 700; padding: 5px ${l}px;
}
QPushButton[role="halt"]:hover, QPushButton[role="halt"]:focus { border: 2px solid $text; }
QPushButton[role="halt"]:disabled { background: $raised; border-color: $line; color: $faint; }
QPushButton[role="danger"]:disabled, QToolButton[role="danger"]:disabled { color: $faint; border-color: $line; }

QToolButton[role="quiet"] { border-color: transparent; background: transparent; padding: ${xs}px; min-height: 16px; }
QToolButton[role="link"] {
  border: 1px solid transparent; background: transparent; padding: 2px; min-height: 16px; color: $accent;
}
QToolButton[role="link"]:hover { text-decoration: underline; }
QToolButton[role="link"]:focus { border-color: $accent; }
QToolButton[role="quiet"]:hover { background: $raised; }
QToolButton[role="quiet"]:focus { border-color: $accent; }

QToolButton[role="part"], QToolButton[role="offer"] {
  background: transparent; border: 1px solid transparent; border-radius: ${radius_s}px;
  padding: 0px; min-height: 0px; color: $accent; font-weight: 600;
}
QToolButton[role="offer"] { color: $muted; font-weight: 400; }
QToolButton[role="part"]:hover, QToolButton[role="offer"]:hover { background: $accent_soft; }
QToolButton[role="part"]:focus, QToolButton[role="offer"]:focus { border: 1px solid $accent; }
QPushButton[role="fix"] {
  background: transparent; color: $text; border: 1px solid $failed; padding: 2px ${s}px; min-height: 16px;
}
QPushButton[role="fix"]:hover { background: $raised; }
QPushButton[role="fix"]:focus { border: 1px solid $accent; }
QToolButton[role="quiet"]::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateTimeEdit {
  background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${radius}px;
  padding: ${xs}px ${s}px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:hover, QPlainTextEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: $faint; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus,
QDateTimeEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
  background: $window; color: $faint; border-color: $line;
}
QLineEdit[problem="true"], QComboBox[problem="true"], QPlainTextEdit[problem="true"] { border: 1px solid $failed; }
QSpinBox, QDoubleSpinBox, QDateTimeEdit { padding: ${xs}px 22px ${xs}px 6px; }
QSpinBox, QDoubleSpinBox { padding: 3px 22px 2px 6px; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0px; margin: 0px; min-height: 0px; }
QComboBox { padding-right: ${xl}px; }
QComboBox[role="flat"] {
  background: transparent; border-color: transparent; font-size: ${caption}pt; padding: 0px ${l}px 0px 2px;
}
QComboBox[role="flat"]:hover, QComboBox[role="flat"]:focus { border-color: $accent; }
QComboBox[role="flat"]::drop-down { width: ${l}px; }
QComboBox::drop-down { border: none; width: ${xl}px; }
QComboBox::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QDateTimeEdit::down-arrow {
  image: url($icons/down-$name.svg); width: 12px; height: 12px;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QDateTimeEdit::up-arrow {
  image: url($icons/up-$name.svg); width: 12px; height: 12px;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QDateTimeEdit::up-button,
QSpinBox::down-button, QDoubleSpinBox::down-button, QDateTimeEdit::down-button {
  border: none; background: transparent; width: 20px; subcontrol-origin: border;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QDateTimeEdit::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button, QDateTimeEdit::down-button { subcontrol-position: bottom right; }

QCheckBox, QRadioButton { spacing: ${s}px; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator,
QTreeView::indicator, QListView::indicator, QTableView::indicator {
  width: 16px; height: 16px; border: 1px solid $line_strong; background: $surface;
}
QCheckBox::indicator, QGroupBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
  border-radius: ${radius_s}px;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QTreeView::indicator:checked,
QListView::indicator:checked, QTableView::indicator:checked {
  background: $accent; border-color: $accent; image: url($icons/check-$name.svg);
}
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url($icons/dot-$name.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $raised; border-color: $line; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line_strong; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
  width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $surface; border: 2px solid $accent;
}
QComboBox QAbstractItemView { border: 1px solid $line_strong; padding: ${xs}px; outline: none; }

QToolBar { background: $surface; border: none; border-bottom: 1px solid $line; padding: 6px ${s}px; spacing: 6px; }
QToolBar::separator { background: $line; width: 1px; margin: ${xs}px 6px; }
QToolBar QToolButton { border-color: transparent; background: transparent; padding: 5px ${s}px; }
QToolBar QToolButton:hover { background: $raised; }
QToolBar QToolButton:disabled { background: transparent; border-color: transparent; color: $faint; }
QToolBar QToolButton:checked { background: $accent_soft; border-color: $accent; }
QToolBar QToolButton:focus { border-color: $accent; }
QToolBar QToolButton[role="danger"] { border-color: $failed; color: $failed; }
QToolBar QToolButton[role="danger"]:checked { background: $failed; color: $on_failed; }

QStatusBar { background: $surface; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { padding: 2px ${s}px; }

QDockWidget { color: $text; font-weight: 600; }
QDockWidget::title { background: $surface; padding: ${s}px ${m}px; border-bottom: 1px solid $line; text-align: left; }
QDockWidget > QWidget { background: $surface; }

QTabWidget::pane { border: none; border-top: 1px solid $line; background: $surface; }
QTabBar { background: $surface; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; padding: ${s}px ${m}px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QFileDialog QToolButton { padding: 2px; }
QTabBar QToolButton { background: $surface; border: none; padding: 0px; min-height: 0px; }

QAbstractItemView {
  background: $surface; alternate-background-color: $window; color: $text; border: none; outline: none;
  selection-background-color: $accent_soft; selection-color: $text;
}
QTreeView::item, QListView::item, QTableView::item { padding: ${xs}px 6px; border: none; }
QTreeView[role="story"]::branch { image: none; border-image: none; }
QTreeView::item:hover, QListView::item:hover, QTableView::item:hover { background: $raised; }
QTreeView::item:selected, QListView::item:selected,
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView { gridline-color: $line; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $muted; border: none; border-bottom: 1px solid $line; padding: 6px ${s}px;
  font-size: ${caption}pt; font-weight: 600; text-align: left;
}
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $line; }

QMenuBar { background: $surface; border-bottom: 1px solid $line; padding: 2px ${xs}px; }
QMenuBar::item { padding: ${xs}px ${s}px; border-radius: ${radius_s}px; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $surface; border: 1px solid $line_strong; padding: ${xs}px; }
QMenu::item { padding: 6px ${xl}px 6px ${m}px; border-radius: ${radius_s}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: ${xs}px ${s}px; }
QMenu::icon { padding-left: ${s}px; }

QGroupBox {
  background: $surface; border: 1px solid $line; border-radius: ${radius_l}px; margin-top: 10px; padding: ${m}px;
  padding-top: ${l}px;
}
QGroupBox::title { subcontrol-origin: margin; left: ${m}px; padding: 0 ${xs}px; color: $muted; font-weight: 600; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius_l}px; }
QFrame[role="notice"] { background: $notice; border: 1px solid $gate; border-radius: ${radius}px; }
QFrame[role="alarm"] { background: $alarm; border: 1px solid $failed; border-radius: ${radius}px; }
QFrame[role="test"] { background: $surface; border: 1px solid $condition; border-radius: ${radius}px; }
QFrame[role="box"] { background: transparent; border: none; border-left: 2px solid $line_strong; }
QFrame[role="popover"] { background: $surface; border: 1px solid $line_strong; border-radius: ${radius}px; }
QFrame[role="drop"] { background: $accent; border: none; }
QLabel[role="grip"] { color: $faint; }
QFrame[role="line"] { background: $line; border: none; }
QScrollArea { border: none; background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }

QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The style sheet in one theme.

    Widgets choose a look by a dynamic property `role`: heading, title, muted, caption, problem and mono for labels;
    primary and danger for buttons; card, notice and alarm for frames. `problem` set to true marks a field.
    """
    colours = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__}
    return _SHEET.substitute(
        colours,
        icons=resources.path("icons").as_posix(),
        accent_hover="#78adff" if tokens.dark else "#2459cc",
        on_failed="#1a0a0b" if tokens.dark else "#ffffff",
        notice="#2a2313" if tokens.dark else "#fdf3e1",
        alarm="#2c171b" if tokens.dark else "#fdebec",
        xs=Space.XS, s=Space.S, m=Space.M, l=Space.L, xl=Space.XL,
        radius_s=Radius.S, radius=Radius.M, radius_l=Radius.L,
        caption=Type.CAPTION, title=Type.TITLE, heading=Type.HEADING,
        mono=", ".join(f'"{family}"' for family in MONO_FAMILIES),
    )  # fmt: skip
