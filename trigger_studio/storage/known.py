"""Whether a project, a rule or a chain that somebody names is known here; if not, what they may have meant.

It reads by a function that runs a statement, and loads nothing: an emergency halt asks it through the bare driver.
With a session's connection that is ``known.check(fetcher(connection), "project", "aurora")``.
"""

from __future__ import annotations

from typing import Final

from trigger_studio.errors import BadInput, Message, NotFound, allowed
from trigger_studio.storage.fetching import Fetch

_PROJECT: Final = (  # the last one reads every event, and is asked only of a project that no entity names
    "SELECT 1 FROM entities WHERE kind = 'project' AND id = :id",
    "SELECT 1 FROM entities WHERE project = :id LIMIT 1",
    "SELECT 1 FROM events WHERE project = :id LIMIT 1",
)
_PROJECTS: Final = (
    "SELECT id FROM entities WHERE kind = 'project' UNION SELECT project FROM entities WHERE project IS NOT NULL"
)
_CHAIN: Final = (
    "SELECT 1 FROM events WHERE id = :id AND chain = id",
    "SELECT 1 FROM archive WHERE chain = :id LIMIT 1",
)
_CHAIN_OF: Final = "SELECT chain FROM events WHERE id = :id"
_OPEN_CHAINS: Final = "SELECT DISTINCT chain FROM firings WHERE status IN ('held', 'running', 'waiting')"


def check(fetch: Fetch, scope: str, target: str) -> None:
    """Refuse what is not known.

    Args:
        fetch: reads the database.
        scope: ``project``, ``rule`` or ``chain``; anything else names nothing, and passes.
        target: its id. A project is known as an entity, or as the parent of one or of a stored event.

    Raises:
        BadInput: the id is empty.
        NotFound: with the known ids, and the one that was probably meant.
    """
    if scope not in _CHECKS:
        return
    if not target:
        raise BadInput(Message("a {0}'s id is needed; found an empty one", Message(scope)))
    _CHECKS[scope](fetch, target)


def _project(fetch: Fetch, project: str) -> None:
    if not _any(fetch, _PROJECT, project):
        raise NotFound(Message("there is no project '{0}'; {1}", project, allowed(_column(fetch, _PROJECTS), project)))


def _rule(fetch: Fetch, rule_id: str) -> None:
    if not _any(fetch, ("SELECT 1 FROM triggers WHERE id = :id",), rule_id):
        rules = _column(fetch, "SELECT id FROM triggers")
        raise NotFound(Message("there is no rule '{0}'; {1}", rule_id, allowed(rules, rule_id)))


def _chain(fetch: Fetch, chain: str) -> None:
    if _any(fetch, _CHAIN, chain):
        return
    for (its_chain,) in fetch(_CHAIN_OF, {"id": chain}):
        raise NotFound(Message("'{0}' began no chain; it is an event of the chain '{1}'", chain, its_chain))
    chains = _column(fetch, _OPEN_CHAINS)
    hint = allowed(chains, chain) if chains else Message("'trigger-studio log' names each by the event that began it")
    raise NotFound(Message("there is no chain '{0}'; {1}", chain, hint))


_CHECKS: Final = {"project": _project, "rule": _rule, "chain": _chain}


def _any(fetch: Fetch, statements: tuple[str, ...], id: str) -> bool:
    return any(fetch(sql, {"id": id}) for sql in statements)


def _column(fetch: Fetch, sql: str) -> list[str]:
    return sorted(row[0] for row in fetch(sql, {}))
