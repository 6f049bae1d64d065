"""The nine questions about a file of API tokens, one object a line, answered by other programs.

Usage: audit_peers.py duckdb TOKENS QUESTIONS.sql | audit_peers.py orjson TOKENS | audit_peers.py regorus TOKENS
QUESTIONS.rego. Prints the nine counts. `questions.jq` asks jq the same.
"""

import datetime
import sys


def duckdb(tokens, questions):
    import duckdb

    text = open(questions).read().replace("'tokens.jsonl'", f"'{tokens}'")
    return duckdb.sql(text).fetchall()[0]


def orjson(tokens):
    import orjson

    def date(text):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None

    now = datetime.datetime(2026, 11, 21, tzinfo=datetime.timezone.utc)
    quarter, fortnight = datetime.timedelta(days=90), datetime.timedelta(days=14)
    counts = [0] * 9
    for line in open(tokens, "rb"):
        token = orjson.loads(line)
        expires, created = date(token.get("expiresAt")), date(token.get("createdAt"))
        active = date(token.get("lastActiveAt"))
        scopes = token.get("scopes")
        label = token.get("label")
        answers = (
            expires is None,
            expires is not None and created is not None and expires - created > quarter,
            active is None or active < now - quarter,
            scopes is not None and not scopes,
            any(s.startswith("manage:") for s in scopes or []),
            token.get("status") == "BLOCKED",
            any(s.startswith("write:") for s in scopes or []) and any(s.startswith("delete:") for s in scopes or []),
            expires is not None and now <= expires <= now + fortnight,
            label is not None and not label.strip(" "),
        )
        for index, answer in enumerate(answers):
            counts[index] += answer
    return counts


def regorus(tokens, questions):
    """An engine for OPA policies, in Rust; what is handed over and taken back is as small as can be."""
    import opa_eval

    evaluator = opa_eval.OpaEval(questions, query="data.questions.answers")
    counts = [0] * 9
    for line in open(tokens, encoding="utf-8"):
        for number in evaluator.evaluate_parsed(line):
            counts[number] += 1
    return counts


print(*{"duckdb": duckdb, "orjson": orjson, "regorus": regorus}[sys.argv[1]](*sys.argv[2:]))
