#!/usr/bin/env python3
"""Evaluates every built-in rule a second time, with the reference implementation of the Common Expression Language
(PyPI cel-expr-python, the C++ one), and compares the outcomes with those of an audit.

Usage: rules.py TOKENREEVE RULES SCOPES [--snapshot FILE] [--seed N] [--records N] [--clean]

TOKENREEVE is the program, RULES the folder of the rules' files, SCOPES the table of scopes of the API's documentation.
Without --snapshot, an organization is generated, with --clean one in which every field can be read. Records are read here from their raw JSON, scopes are classified here,
and so are tokens that are live; what has no counterpart in the reference, an unknown field, is an error in each use of it.
Prints the outcomes of each rule. Fails when one differs, and when a generated organization leaves a rule of tokens, keys
or policies without a flagged or a passed resource.
"""

import argparse
import collections
import csv
import datetime
import hashlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import yaml
from cel_expr_python import cel

UNKNOWN = "?unknown"
UTC = datetime.timezone.utc
TEXTS = {
    "api-token": ["id", "label", "status"],
    "api-key": ["id", "label", "systemAccountId", "resource", "orgId"],
    "policy": ["id", "type"],
    "user": ["id", "orgId", "name", "email"],
    "attributes": ["type", "name", "status", "ownerId"],
    "resource": ["id", "applicationStatus"],
}
DATES = {
    "api-token": ["createdAt", "expiresAt", "lastActiveAt"],
    "api-key": ["createdAt", "expiresAt", "lastActiveAt"],
    "attributes": ["createdAt", "updatedAt"],
}
VARIABLES = {"api-token": "token", "api-key": "key", "policy": "policy", "owner": "owner", "organization": "org"}
UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}


# Records


class Object(dict):
    """A JSON object that remembers names that stand twice in it."""

    repeated = ()


def pairs(members):
    result = Object(members)
    names = [name for name, _ in members]
    result.repeated = {name for name in names if names.count(name) > 1}
    return result


def instant(text):
    """Seconds since 1970, cut to milliseconds; None when the text is no RFC 3339 date-time."""
    form = r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d))"
    match = isinstance(text, str) and len(text) <= 64 and re.fullmatch(form, text, re.ASCII)
    if not match:
        return None
    day, clock, second, fraction, sign, hours, minutes = match.groups()
    if int(second) > 60 or int(hours or 0) > 23 or int(minutes or 0) > 59:
        return None
    try:
        start = datetime.datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return None
    offset = (int(hours or 0) * 3600 + int(minutes or 0) * 60) * (-1 if sign == "-" else 1)
    total = int(start.timestamp()) + int(second) - offset
    if int(second) == 60 and total % 86400:
        return None
    return total + int(((fraction or "") + "000")[:3]) / 1000


class Reader:
    """Turns a record into a map for the reference: absent fields left out, unknown ones listed beside the others."""

    def __init__(self):
        self.problems = []

    def fields(self, value, kind, prefix=""):
        result = {UNKNOWN: []}
        for name in TEXTS.get(kind, []):
            self.field(result, value, name, prefix, lambda field: field if isinstance(field, str) else None)
        for name in DATES.get(kind, []):
            self.field(result, value, name, prefix, self.date)
        return result

    def field(self, result, value, name, prefix, read):
        if not isinstance(value, dict):
            result[UNKNOWN].append(name)
        elif name in value.repeated or value.get(name) is not None and read(value[name]) is None:
            result[UNKNOWN].append(name)
            self.problems.append(prefix + name)
        elif value.get(name) is not None:
            result[name] = read(value[name])

    def nested(self, result, value, name, kind):
        self.field(result, value, name, "", lambda field: field if isinstance(field, dict) else None)
        if name in result:
            result[name] = self.fields(value[name], kind, name + ".")

    def scopes(self, result, value):
        self.texts(result, value, "scopes")
        if "scopes" not in result and "scopes" not in result[UNKNOWN]:
            result[UNKNOWN].append("scopes")

    def texts(self, result, value, name):
        def read(field):
            return field if isinstance(field, list) and all(isinstance(text, str) for text in field) else None

        self.field(result, value, name, "", read)

    @staticmethod
    def date(text):
        seconds = instant(text)
        if seconds is None:
            return None
        moment = datetime.datetime.fromtimestamp(int(seconds // 1), UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S") + f".{round(seconds % 1 * 1000):03}Z"


def repeats(value):
    """Whether an object in the value has a name twice."""
    if isinstance(value, list):
        return any(map(repeats, value))
    return isinstance(value, dict) and (bool(value.repeated) or any(map(repeats, value.values())))


def read_record(kind, raw, now):
    value = json.loads(raw, object_pairs_hook=pairs)
    reader = Reader()
    if not isinstance(value, dict):
        reader.problems.append("")
    record = reader.fields(value, kind)
    if kind == "policy":
        reader.nested(record, value, "attributes", "attributes")
        if "attributes" in record:
            read_attributes(reader, record["attributes"], value["attributes"])
    else:
        reader.nested(record, value, "user" if kind == "api-token" else "createdBy", "user")
        reader.scopes(record, value)
        if kind == "api-key":
            reader.texts(record, value, "targetResources")
        alive = live(record, now)
        if alive is None:
            record[UNKNOWN].append("live")
        else:
            record["live"] = alive
    if not record.get("id"):
        reader.problems.append("id")
        record["id"] = "sha256-" + hashlib.sha256(raw.encode()).hexdigest()[:32]
    record["problems"] = reader.problems
    return record


def plain(value):
    """The value in the types that the reference takes."""
    if isinstance(value, list):
        return [plain(element) for element in value]
    return {name: plain(member) for name, member in value.items()} if isinstance(value, dict) else value


def read_attributes(reader, attributes, value):
    reader.field(attributes, value, "rule", "attributes.", lambda rule: None if repeats(rule) else plain(rule))
    reader.field(attributes, value, "resources", "attributes.", lambda field: field if isinstance(field, list) else None)
    if "resources" in attributes:
        resources = []
        for resource in value["resources"]:
            if not isinstance(resource, dict):
                reader.problems.append("attributes.resources")
            resources.append(reader.fields(resource, "resource", "attributes.resources."))
        attributes["resources"] = resources


def live(record, now):
    if record.get("status") == "BLOCKED" or "expiresAt" in record and instant(record["expiresAt"]) <= now:
        return False
    return None if {"status", "expiresAt"} & set(record[UNKNOWN]) else True


# Rules


class Scopes:
    def __init__(self, path):
        rows = csv.DictReader(path.open(), delimiter="\t")
        self.known = {row["scope"]: row for row in rows}

    def __call__(self, name):
        result = {"name": name, "known": name in self.known}
        if result["known"]:
            row = self.known[name]
            result["product"], result["access"] = row["product"], row["access"]
            result["privileged"] = row["privileged"] == "yes"
            result["deletes"] = row["implies_delete"] == "yes" or row["access"] == "delete"
        else:
            self.classify(name, result)
        product = result.get("product", "")
        families = {"jira-software": "jira", "jira-service-management": "jira", "identity-and-platform": "platform"}
        if product:
            result["family"] = families.get(product, product)
        return result

    @staticmethod
    def classify(name, result):
        verb, *rest = name.split(":")
        verbs = {
            "read": "read readonly search validate view", "write": "write send create update", "delete": "delete",
            "manage": "manage migrate", "admin": "admin",
        }
        access = next((access for access, words in verbs.items() if rest and verb in words.split()), None)
        last = rest[-1] if rest else ""
        product = re.match(r"(servicedesk)|(jira-software|jira-service-management|jira|confluence|bitbucket|admin)(-|$)", last)
        if product and not (last == "admin" and len(rest) < 2):
            result["product"] = "jira-service-management" if product[1] else product[2]
        if access:
            result["access"] = access
            is_admin = result.get("product") == "admin"
            result["privileged"] = access in ("manage", "admin") or is_admin and access != "read"
        if access in ("read", "delete"):
            result["deletes"] = access == "delete"


def known(record, name):
    if name in record[UNKNOWN]:
        raise ValueError("unknown")
    return name in record


def glob(text, pattern):
    form = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    return re.fullmatch(form, text, re.DOTALL) is not None


def environment(scopes):
    kinds = cel.Type
    record = kinds.Map(kinds.STRING, kinds.DYN)

    def function(name, implementation, result, *parameters, is_member=False):
        overload = cel.Overload(
            id="rules_" + name, return_type=result, parameters=list(parameters), is_member=is_member, impl=implementation)
        return cel.FunctionDecl(name, [overload])

    functions = [
        function("known", known, kinds.BOOL, kinds.DYN, kinds.STRING),
        function("scope", scopes, record, kinds.STRING),
        function("glob", glob, kinds.BOOL, kinds.STRING, kinds.STRING, is_member=True),
    ]
    names = ["record", "params", *VARIABLES.values()]
    return cel.NewEnv(
        variables={**{name: record for name in names}, "now": kinds.TIMESTAMP},
        extensions=[cel.CelExtension("rules", functions)])


class Rule:
    def __init__(self, path, compile_text):
        # Everything is text, as it is to a rule's reader: no dates, no numbers.
        rule = yaml.load(path.read_text(), yaml.BaseLoader)
        self.id = rule["id"]
        self.kinds = rule["resource"] if isinstance(rule["resource"], list) else [rule["resource"]]
        parameters = rule.get("parameters", {})
        self.parameters = {name: self.value(entry) for name, entry in parameters.items()}
        durations = {name for name, entry in parameters.items() if entry["type"] == "duration"}
        self.condition = compile_text(self.translated(rule["condition"], durations))
        applies = rule.get("applies")
        self.applies = {
            kind: compile_text(self.translated(applies or self.default_applies(kind), durations)) for kind in self.kinds}
        self.needs_organization = "org." in rule["condition"]

    @staticmethod
    def default_applies(kind):
        return f"{VARIABLES[kind]}.live" if kind in ("api-token", "api-key") else "true"

    @staticmethod
    def value(entry):
        text, kind = entry["default"], entry["type"]
        if kind == "duration":
            parts = re.findall(r"([0-9]+)([a-z])", text)
            return f"{sum(int(count) * UNITS[unit] for count, unit in parts)}s"
        return {"int": int, "double": float, "bool": lambda text: text == "true"}.get(kind, lambda text: text)(text)

    @staticmethod
    def translated(text, durations):
        """The expression for the reference: `has()` asks what is known, dates and durations come as text."""
        text = re.sub(r"has\(([\w.]+)\.(\w+)\)", r"known(\1, '\2')", text)
        text = re.sub(r"\b([a-zA-Z_][\w.]*\.(?:createdAt|expiresAt|lastActiveAt|updatedAt))\b", r"timestamp(\1)", text)
        # The reference's checker does not take an indexed `dyn` for a list.
        text = re.sub(r"(policy\.attributes\.rule\['in'\])", r"dyn(\1)", text)
        return re.sub(r"params\.(\w+)", lambda name: f"duration({name[0]})" if name[1] in durations else name[0], text)

    def outcome(self, kind, record, organization, now):
        data = {"record": record, VARIABLES[kind]: record, "params": self.parameters, "now": now}
        if self.needs_organization:
            data["org"] = organization
        applies = self.applies[kind].eval(data=data)
        if applies.type() != cel.Type.BOOL:
            return "notEvaluable"
        if not applies.value():
            return "notApplicable"
        flagged = self.condition.eval(data=data)
        if flagged.type() != cel.Type.BOOL:
            return "notEvaluable"
        return "flagged" if flagged.value() else "passed"


# Organizations


def generated(source, count, scopes, now, clean):
    """Lines of a snapshot whose records have every field known, absent or unreadable by chance."""
    noisy = not clean

    def date(*days):
        moment = now + datetime.timedelta(days=source.choice(days), milliseconds=source.choice([-1, 0, 0, 1]))
        return moment.isoformat(timespec="milliseconds").replace("+00:00", source.choice(["Z", "+00:00"]))

    def some(value, wrong=7):
        return source.choices([value, None, wrong, ...], [20, 2, 1, 1] if noisy else [1, 0, 0, 0])[0]

    def person(number):
        name = source.choice(["ada.park", "bo.lind", "svc-sync", "team", "noreply", "it.ops"])
        return some({"id": some(f"u-{number}"), "email": some(f"{name}@example.com"), "name": some("Ada Park")})

    def credential(number):
        names = source.choice([list(scopes), [name for name in scopes if ":" in name and name.startswith("read")]])
        held = source.sample(names, source.choice([0, 1, 1, 2, 2, 3, 5, 21]))
        odd = ["grant:thing", "read:new:jira", "write:new:confluence", "webhook", "write:webhook:jira", "new:admin"]
        if held and source.random() < 0.3:
            held[0] = source.choice(odd)
        labels = ["ci-deploy", "jira reporting", "token", "", "x", "billing-export", "use ATATT3xFfGF0abcdefgh", "ATATT", "ß\u202e"]
        return {
            "id": f"id-{number}" if source.random() < 0.99 else some(""),
            "label": some(source.choice(labels)),
            "createdAt": some(date(-400, -100, -90, -60, -30, -20, -14, -1, 2)),
            "expiresAt": some(date(-60, -10, 0, 7, 14, 30, 60, 300), "soon"),
            "lastActiveAt": some(date(-500, -200, -90, -30, -14, -1), "2026-02-30T00:00:00Z"),
            "scopes": some(held, "read:jira-work"),
        }

    def rule(kind):
        blocks = ["203.0.113.0/24", "0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32", "::/0", "fd00::/48", "198.51.100.7", "x"]
        if kind == "ip-allowlist":
            return {"in": some(source.sample(blocks, source.randrange(4)))} | source.choice(
                [{}, {"allowMobileBypass": True}, {"allowMobileBypass": False}])
        return source.choice([{}, {"export": {"effect": source.choice(["block", "allow"])}}, []])

    def policy(number):
        kind = source.choice(["ip-allowlist", "ip-allowlist", "data-security", "data-residency", "hipaa"])
        statuses = ["applied", "applied", "failed", "applying", "scheduled", "removing"]
        resources = [
            some({"id": f"r-{index}", "applicationStatus": some(source.choice(statuses))}) for index in range(source.randrange(4))]
        attributes = {
            "type": some(kind), "status": some(source.choice(["enabled", "disabled", "active", "draft", "deleted"])),
            "rule": some(rule(kind)), "updatedAt": some(date(-300, -90, -7, -1)), "name": some("A policy"),
            "resources": some([resource for resource in resources if resource is not ...]),
        }
        return {"id": f"p-{number}", "type": "policy", "attributes": some(attributes)}

    def line(kind, record):
        def present(value):
            if isinstance(value, dict):
                return {name: present(member) for name, member in value.items() if member is not ...}
            return [present(element) for element in value] if isinstance(value, list) else value

        return json.dumps({"kind": kind, "record": present(record)}, separators=(",", ":"))

    tokens, keys, policies = [], [], []
    for number in range(count):
        # Half of the tokens are of people all of whose tokens can be read: of a few, or of many.
        owner = source.choice([source.randrange(40), source.randrange(40), source.randrange(40, 46), 100 + number // 8])
        noisy = not clean and owner < 40
        status = some(source.choice(["ALLOWED"] * 4 + ["BLOCKED", "SUSPENDED"]))
        tokens.append(credential(number) | {"user": person(owner), "status": status})
        keys.append(credential(number) | {"createdBy": person(owner)})
        policies.append(policy(number))
    lists = {"api-tokens": tokens, "api-keys": keys, "policies": policies}
    header = {
        "kind": "header", "formatVersion": 1, "organizationId": "generated", "toolVersion": "0",
        "collectedAt": now.isoformat().replace("+00:00", "Z")}
    complete = {name: {"state": "complete", "verified": True, "records": len(records)} for name, records in lists.items()}
    trailer = {"kind": "trailer", "counts": {name: len(records) for name, records in lists.items()}, "coverage": complete}
    kinds = {"api-tokens": "api-token", "api-keys": "api-key", "policies": "policy"}
    records = [line(kinds[name], record) for name, records in lists.items() for record in records]
    return [json.dumps(header), *records, json.dumps(trailer)]


def resources(lines, now):
    """Resources by kind, the organization, and how many tokens have no owner."""
    records = collections.defaultdict(list)
    for line in lines[1:-1]:
        kind = re.match(r'\{"kind":"([a-z-]+)","record":', line)
        records[kind[1]].append(read_record(kind[1], line[kind.end():-1], now.timestamp()))
    owners = {}
    unattributed = 0
    for token in records["api-token"]:
        user = token.get("user", {})
        if not user.get("id"):
            unattributed += 1
            continue
        owners.setdefault(user["id"], user | {"tokens": []})["tokens"].append(token)
    organization = {
        UNKNOWN: [], "id": json.loads(lines[0])["organizationId"], "tokens": records["api-token"],
        "keys": records["api-key"], "policies": records["policy"]}
    found = {**records, "owner": list(owners.values()), "organization": [organization]}
    return found, organization, unattributed


def audit(program, rules, snapshot, folder, now):
    policy = folder / "policy.yaml"
    policy.write_text("rules:\n" + "".join(f"  {rule.id}:\n" for rule in rules))
    report = folder / "report.json"
    result = subprocess.run(
        [program, "audit", "--snapshot", snapshot, "--policy", policy, "--report", f"json={report}", "--at",
         now.isoformat().replace("+00:00", "Z")], capture_output=True, text=True)
    if result.returncode not in (0, 1, 3):
        sys.exit(f"rules: {result.stderr}")
    return json.loads(report.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tokenreeve", type=pathlib.Path)
    parser.add_argument("rules", type=pathlib.Path)
    parser.add_argument("scopes", type=pathlib.Path)
    parser.add_argument("--snapshot", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--clean", action="store_true")
    arguments = parser.parse_args()

    scopes = Scopes(arguments.scopes)
    # Facts come from outside the organization: rules that ask them have their examples as tests.
    paths = [path for path in sorted(arguments.rules.glob("*.yaml")) if "\nfacts:\n" not in path.read_text()]
    rules = [Rule(path, environment(scopes).compile) for path in paths]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        now = datetime.datetime(2026, 6, 1, tzinfo=UTC)
        snapshot = arguments.snapshot or folder / "snapshot.jsonl"
        if arguments.snapshot:
            lines = snapshot.read_text().split("\n")[:-1]
            now = datetime.datetime.fromtimestamp(instant(json.loads(lines[0])["collectedAt"]), UTC)
        else:
            lines = generated(random.Random(arguments.seed), arguments.records, scopes.known, now, arguments.clean)
            snapshot.write_text("\n".join(lines) + "\n")
        report = audit(arguments.tokenreeve, rules, snapshot, folder, now)

    found, organization, unattributed = resources(lines, now)
    told = {rule["id"]: rule["outcomes"] for rule in report["rules"]}
    flagged_there = collections.defaultdict(set)
    for finding in report["findings"]:
        flagged_there[finding["ruleId"]].add((finding["resource"]["kind"], finding["resource"]["id"]))
    failures = 0
    print(f"{'rule':32}{'flagged':>10}{'passed':>10}{'not appl.':>10}{'not eval.':>10}")
    for rule in rules:
        counts = collections.Counter(notEvaluable=unattributed if "owner" in rule.kinds else 0)
        flagged = set()
        for kind in rule.kinds:
            for record in found[kind]:
                outcome = rule.outcome(kind, record, organization, now)
                counts[outcome] += 1
                if outcome == "flagged":
                    flagged.add((kind, record["id"]))
        outcomes = {name: counts[name] for name in ("flagged", "passed", "notApplicable", "notEvaluable")}
        print(f"{rule.id:32}" + "".join(f"{count:>10}" for count in outcomes.values()))
        if outcomes != {name: told[rule.id][name] for name in outcomes} or flagged != flagged_there[rule.id]:
            failures += 1
            difference = sorted(flagged ^ flagged_there[rule.id])[:5]
            print(f"  DIFFERS: the audit says {told[rule.id]}, differently flagged: {difference}")
        vacuous = not (arguments.snapshot or arguments.clean) and rule.kinds != ["organization"] and not (flagged and counts["passed"])
        # An empty list of domains, which is these rules' default, flags everybody.
        if vacuous and not rule.id.endswith("-domain"):
            failures += 1
            print("  VACUOUS: the generated organization doesn't show both outcomes")
    resources_seen = sum(map(len, found.values()))
    print(f"{len(rules)} rules on {resources_seen} resources: " + (f"{failures} FAILED" if failures else "the same outcomes"))
    # The reference's module gives None back too often, which can abort Python while it takes itself down.
    sys.stdout.flush()
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
