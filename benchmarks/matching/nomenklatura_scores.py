"""Scores pairs by nomenklatura, in its own environment: lines of {"query", "candidates"} in, lines of scores out. Imports nothing of ours."""

from __future__ import annotations

import json
import sys
from typing import Any


def entity(number: str, person: dict[str, Any]) -> Any:
    """A person as followthemoney knows one."""
    from followthemoney import model  # type: ignore[import-not-found]

    given = {
        "name": [person["name"], *person.get("aliases", ())],
        "birthDate": [person["born"]] if person.get("born") else [],
        "gender": [{"f": "female", "m": "male"}[person["gender"]]] if person.get("gender") in {"f", "m"} else [],
        "address": [person["address"]] if person.get("address") else [],
    }
    return model.get_proxy({"id": number, "schema": "Person", "properties": given})


def main() -> None:
    """One algorithm, named on the command line."""
    from nomenklatura.matching import ScoringConfig, get_algorithm  # type: ignore[import-not-found]

    algorithm = get_algorithm(sys.argv[1])
    config = ScoringConfig.defaults()
    for line in sys.stdin:
        asked = json.loads(line)
        query = entity("q", asked["query"])
        scores = [algorithm.compare(query, entity(f"c{n}", one), config).score for n, one in enumerate(asked["candidates"])]
        sys.stdout.write(json.dumps(scores) + "\n")


if __name__ == "__main__":
    main()
