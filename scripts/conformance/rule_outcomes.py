#!/usr/bin/env python3
"""Counts how every built-in rule comes out on snapshots of the sandbox, and fails when a rule is never seen to flag, to pass
or, where it can, to be not evaluable.

Usage: rule_outcomes.py TOKENREEVE RULES SCOPES SNAPSHOT…

The counts are those of the reference implementation over the raw JSON (see rules.py), and the audit's own have to be the
same. A rule about the organization has one outcome in each snapshot, so there have to be several.
"""

import argparse
import collections
import os
import pathlib
import sys

import rules

# What no snapshot of the sandbox can show, and why.
ALWAYS_KNOWN = "asks only of what is always known"
EXCEPTIONS = {
    ("label-secret", "notEvaluable"): "needs a label that is no text, which the API's description rules out",
    ("policy-not-applied", "notEvaluable"):
        "needs a resource without an application status, which the API's description rules out",
    ("record-malformed", "notEvaluable"): ALWAYS_KNOWN,
    ("coverage-gap", "notEvaluable"): ALWAYS_KNOWN,
    ("waiver-expired", "notEvaluable"): ALWAYS_KNOWN,
    ("waiver-expiring", "notEvaluable"): ALWAYS_KNOWN,
    ("waiver-too-long", "notEvaluable"): ALWAYS_KNOWN,
    ("waiver-unused", "notEvaluable"): ALWAYS_KNOWN,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tokenreeve", type=pathlib.Path)
    parser.add_argument("rules", type=pathlib.Path)
    parser.add_argument("scopes", type=pathlib.Path)
    parser.add_argument("snapshots", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()

    catalogue = rules.all_rules(arguments.rules, rules.Scopes(arguments.scopes))
    totals = collections.defaultdict(collections.Counter)
    failures = 0
    for snapshot in arguments.snapshots:
        comparison = rules.Comparison(arguments.tokenreeve, catalogue, snapshot)
        for rule, counts in comparison.counts.items():
            totals[rule].update(counts)
        for rule, difference in comparison.differences.items():
            failures += 1
            print(f"DIFFERS in {snapshot.name}: {rule}: {difference}")

    print(f"{'rule':32}{'flagged':>10}{'passed':>10}{'not eval.':>10}")
    for rule in catalogue:
        counts = totals[rule.id]
        print(f"{rule.id:32}{counts['flagged']:>10}{counts['passed']:>10}{counts['notEvaluable']:>10}")
        for outcome in ("flagged", "passed", "notEvaluable"):
            excepted = (rule.id, outcome) in EXCEPTIONS
            if (counts[outcome] == 0) != excepted:
                failures += 1
                print(f"  {'SEEN, though excepted' if excepted else 'NEVER SEEN'}: {outcome}")
    print(
        f"{len(catalogue)} rules on {len(arguments.snapshots)} organizations: "
        + (f"{failures} FAILED" if failures else "each flags, passes and is not evaluable where it can"))
    # See rules.py.
    sys.stdout.flush()
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
