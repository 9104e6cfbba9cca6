"""Charts for the canvas's tests: a small one whose places are easy to say, and as large a one as wanted."""

from __future__ import annotations

from itertools import pairwise

from trigger_studio.studio.chart.chart import Badge, Card, Chart, Frame, Kind, Pace, Wire
from trigger_studio.ui.canvas.view.canvas import FlowCanvas

WIDTH, HEIGHT, STEP = 200.0, 56.0, 260.0


def _row(rule: str, top: float, kinds: list[Kind], *badges: Badge) -> tuple[list[Card], list[Wire], Frame]:
    cards = [
        Card(f"{rule}:{i}", rule, kind, "gear", f"{rule} step {i}", kind.value, i * STEP, top, WIDTH, HEIGHT)
        for i, kind in enumerate(kinds)
    ]
    wires = [
        Wire(f"{a.id}>{b.id}", a.id, b.id, Pace.HUMAN if a.kind is Kind.GATE else Pace.AUTOMATED)
        for a, b in pairwise(cards)
    ]
    width = cards[-1].x + WIDTH + 48
    return cards, wires, Frame(rule, f"Rule {rule}", -24, top - 40, width, HEIGHT + 64, badges)


def small() -> Chart:
    """Two rules: event, condition, action at y=0; event, gate, action at y=200; the first leads to the second."""
    one, wires_one, frame_one = _row("one", 0, [Kind.EVENT, Kind.CONDITION, Kind.ACTION], Badge.DRAFT)
    two, wires_two, frame_two = _row("two", 200, [Kind.EVENT, Kind.GATE, Kind.ACTION])
    cross = Wire("cross", "one:2", "two:0", Pace.AUTOMATED, "on completed")
    return Chart((*one, *two), (*wires_one, *wires_two, cross), (frame_one, frame_two))


def large(rules: int) -> Chart:
    """That many rules of five cards, in columns of fifty, each leading to the next in its column."""
    kinds = [Kind.EVENT, Kind.CONDITION, Kind.BRANCH, Kind.GATE, Kind.ACTION]
    cards: list[Card] = []
    wires: list[Wire] = []
    frames: list[Frame] = []
    for index in range(rules):
        left, top = (index // 50) * 1500.0, (index % 50) * 180.0
        row, links, frame = _row(f"r{index}", top, kinds)
        cards += [Card(c.id, c.rule, c.kind, c.icon, c.title, c.subtitle, c.x + left, c.y, WIDTH, HEIGHT) for c in row]
        frames.append(Frame(frame.rule, frame.title, frame.x + left, frame.y, frame.width, frame.height))
        wires += links
        if index % 50:
            wires.append(Wire(f"cross{index}", f"r{index - 1}:4", f"r{index}:0", Pace.HUMAN, "by a person"))
    return Chart(tuple(cards), tuple(wires), tuple(frames))


def stale(canvas: FlowCanvas) -> int:
    """How much of what is on screen is not what a full repaint gives; smooth edges may differ a little."""
    window = canvas.screen().grabWindow(canvas.winId()).toImage()
    whole = canvas.grab().toImage().convertToFormat(window.format())
    assert window.size() == whole.size()
    pairs = zip(bytes(window.constBits()), bytes(whole.constBits()), strict=True)
    return sum(abs(a - b) > 24 for a, b in pairs)
