"""An index over short phrases: every word typed must be found, best where it means most, typing errors forgiven.

A dedicated matcher (rapidfuzz) was weighed: it is quicker at typing errors and takes 12 MB on disk. Words that nearly
match are needed only where nothing else was found, and the standard library finds them among words of like length in
a few milliseconds.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, NamedTuple

from trigger_studio.analysis.wording.phrases import Phrase

WEIGHTS: Final = {
    "name": 10.0, "id": 8.0, "does": 6.0, "about": 6.0, "when": 4.0, "note": 4.0, "more": 3.0,
}  # fmt: skip
_WORD = re.compile(r"\w+", re.UNICODE)
_STOP = frozenset(
    plain
    for line in (
        "a an and are at be by can do does find for from has have how i in is it its me of on or rule rules show that",
        "the then there these this those to what when where which who will with would",
    )
    for plain in line.split()
)
_SAME = {
    "submit": "start", "trigger": "start", "run": "start", "launch": "start", "begin": "start", "mail": "email",
    "hook": "webhook", "notification": "notify", "approval": "approve", "approved": "approve", "failed": "fail",
    "failure": "fail", "completed": "complete", "finished": "complete", "sending": "send", "sent": "send",
    "packaging": "package", "concatenation": "concatenate",
}  # fmt: skip
_EXACT, _PREFIX, _INSIDE, _NEARLY = 1.0, 0.8, 0.5, 0.4
_CANDIDATES = 40
_MOST_WORDS = 64
_CLOSE = 0.75


class Match(NamedTuple):
    """One thing that was found. `why`: the phrases in which the words are, the one with the most of them first."""

    key: str
    score: float
    why: tuple[Phrase, ...]


@lru_cache(maxsize=1 << 16)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: small, in the singular, without what says nothing."""
    found = []
    for word in _WORD.findall(text.lower().replace("_", " ")):
        if word in _STOP:
            continue
        base = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        found.append(_SAME.get(base, base))
    return tuple(found)


class Index:
    """Things by key, each with its phrases. Not safe to share between threads while it is changed."""

    def __init__(self) -> None:
        self._phrases: dict[str, Sequence[Phrase]] = {}
        self._found_in: dict[str, dict[float, set[str]]] = {}
        self._sorted: list[str] | None = None

    def __len__(self) -> int:
        return len(self._phrases)

    def put(self, key: str, phrases: Sequence[Phrase]) -> None:
        """Add a thing, or replace what is known of it."""
        self.drop(key)
        self._phrases[key] = phrases
        for word, weight in _weighed(phrases).items():
            if word not in self._found_in:
                self._sorted = None
            self._found_in.setdefault(word, {}).setdefault(weight, set()).add(key)

    def drop(self, key: str) -> None:
        """Forget a thing."""
        for word, weight in _weighed(self._phrases.pop(key, ())).items():
            levels = self._found_in[word]
            levels[weight].discard(key)
            if not levels[weight]:
                del levels[weight]
            if not levels:
                del self._found_in[word]
                self._sorted = None

    def prepare(self) -> None:
        """Do now what the first search would have to wait for."""
        if self._sorted is None:
            self._sorted = sorted(self._found_in)

    def find(self, text: str, most: int = 30) -> list[Match]:
        """What has every word of the text, best first."""
        sought = plain_words(text)
        if not sought:
            return []
        self.prepare()
        likes = [self._like(word) for word in dict.fromkeys(sought)]
        levels = [self._levels(like) for like in likes]
        found = [self._explained(key, _score(key, levels), likes) for key in _best(levels)]
        return sorted(found, key=lambda match: (-match.score, match.key))[:most]

    def _like(self, word: str) -> dict[str, float]:
        """Known words that the one typed may mean, and how well each fits."""
        known = self._sorted or []
        at, begins = bisect_left(known, word), []
        while at < len(known) and known[at].startswith(word):
            begins.append(known[at])
            at += 1
        like = dict.fromkeys(sorted(begins, key=len)[:_MOST_WORDS], _PREFIX)
        if word in self._found_in:
            like[word] = _EXACT
        if len(word) > 2 and len(like) < _MOST_WORDS:
            inside = [other for other in known if word in other and other not in like]
            like |= dict.fromkeys(inside[: _MOST_WORDS - len(like)], _INSIDE)
        if not like and len(word) > 3 and word.isalpha():
            near = [w for w in known if w[0] == word[0] and abs(len(w) - len(word)) <= 2 and w.isalpha()]
            like = dict.fromkeys(get_close_matches(word, near, n=4, cutoff=_CLOSE), _NEARLY)
        return like

    def _levels(self, like: Mapping[str, float]) -> list[tuple[float, set[str]]]:
        """What has one of the words, by how much that says, the most first."""
        found: defaultdict[float, set[str]] = defaultdict(set)
        for word, fit in like.items():
            for weight, keys in self._found_in[word].items():
                found[weight * fit] |= keys
        return sorted(found.items(), key=lambda level: -level[0])

    def _explained(self, key: str, score: float, likes: Sequence[Mapping[str, float]]) -> Match:
        """So many phrases that every word is in one of them; words that stand together score better."""
        told: list[tuple[set[int], float, Phrase]] = []
        for phrase in self._phrases[key]:
            seen = plain_words(phrase.text) + plain_words(phrase.more)
            hits = {place for place, like in enumerate(likes) if any(word in like for word in seen)}
            if hits:
                told.append((hits, WEIGHTS[phrase.kind], phrase))
        told.sort(key=lambda item: (-len(item[0]), -item[1]))
        why: list[Phrase] = []
        covered: set[int] = set()
        for hits, _, phrase in told:
            if not hits <= covered:
                covered |= hits
                why.append(phrase)
        return Match(key, score * (1 + len(told[0][0]) / len(likes)), tuple(why))


def _best(levels: Sequence[list[tuple[float, set[str]]]]) -> list[str]:
    """A good choice of what has every word, by whole sets, so that thousands of them cost nothing."""
    chosen: set[str] | None = None
    for level in levels:
        having = set().union(*(keys for _, keys in level))
        chosen = having if chosen is None else chosen & having
    chosen = chosen or set()
    for level in levels:
        if len(chosen) <= _CANDIDATES:
            break
        kept: set[str] = set()
        for _, keys in level:
            kept |= chosen & keys
            if len(kept) >= _CANDIDATES:
                break
        chosen = kept
    return heapq.nsmallest(_CANDIDATES, chosen)


def _score(key: str, levels: Sequence[list[tuple[float, set[str]]]]) -> float:
    return sum(next(value for value, keys in level if key in keys) for level in levels)


def _weighed(phrases: Iterable[Phrase]) -> dict[str, float]:
    """Every word, and how much it says about the thing."""
    found: dict[str, float] = {}
    for phrase in phrases:
        for text, weight in ((phrase.text, WEIGHTS[phrase.kind]), (phrase.more, WEIGHTS["more"])):
            for word in plain_words(text):
                found[word] = max(found.get(word, 0.0), weight)
    return found
