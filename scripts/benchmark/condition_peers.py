"""Evaluates the benchmark's conditions with other CEL implementations, as their users call them from Python.

Reads conditions and records that `cel-benchmark --write FOLDER` wrote, and prints one JSON object: for each
implementation and condition, evaluations a second, how many records were true, and the same for the condition `true`,
which is the cost of the harness: handing a record over and taking a result back.
"""

import datetime
import json
import pathlib
import sys
import time

DATES = ("createdAt", "expiresAt", "lastActiveAt")


def read(folder, date):
    """The conditions, and the records with their dates made by `date` from milliseconds since 1970."""
    conditions = json.loads((folder / "conditions.json").read_text())
    records = []
    with open(folder / "records.jsonl", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for name in DATES:
                if name in record:
                    record[name] = date(instant(record[name]))
            records.append(record)
    return conditions, records


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class ReferenceImplementation:
    """The reference implementation in C++ (PyPI cel-expr-python)."""

    name = "cel-expr-python"

    def date(self, instant):
        # A datetime is taken as a variable, but refused inside a map; protobuf's timestamp is taken in both.
        from google.protobuf import timestamp_pb2

        message = timestamp_pb2.Timestamp()
        message.FromDatetime(instant)
        return message

    def evaluator(self, text):
        from cel_expr_python import cel

        environment = cel.NewEnv(
            variables={"token": cel.Type.Map(cel.Type.STRING, cel.Type.DYN), "now": cel.Type.TIMESTAMP}
        )
        expression = environment.compile(text)

        def evaluate(token, now):
            value = expression.eval(data={"token": token, "now": now}).value()
            if not isinstance(value, bool):
                raise ValueError(f"{text}: {value}")
            return value

        return evaluate


class RustImplementation:
    """An implementation in Rust (PyPI common-expression-language)."""

    name = "common-expression-language"

    def date(self, instant):
        return instant

    def evaluator(self, text):
        import cel

        program = cel.compile(text)
        return lambda token, now: program.execute({"token": token, "now": now})


def measure(evaluate, records, now, runs):
    best = None
    for _ in range(runs):
        start = time.perf_counter()
        true = 0
        for record in records:
            true += evaluate(record, now) is True
        seconds = time.perf_counter() - start
        best = seconds if best is None else min(best, seconds)
    return {"evaluationsPerSecond": len(records) / best, "true": true}


def main():
    folder, runs = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    results = {}
    for peer in (ReferenceImplementation(), RustImplementation()):
        conditions, records = read(folder, peer.date)
        now = peer.date(instant(conditions["now"]))
        measured = {}
        for condition in conditions["conditions"] + [{"name": "harness", "text": "true"}]:
            measured[condition["name"]] = measure(peer.evaluator(condition["text"]), records, now, runs)
        results[peer.name] = measured
    json.dump(results, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
