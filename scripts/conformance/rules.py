#!/usr/bin/env python3
"""Evaluates every built-in rule a second time, with the reference implementation of the Common Expression Language
(PyPI cel-expr-python, the C++ one), and compares the outcomes with those of an audit.

Usage: rules.py TOKENREEVE RULES SCOPES [--snapshot FILE] [--seed N] [--records N] [--clean]

TOKENREEVE is the program, RULES the folder of the rules' files, SCOPES the table of scopes of the API's documentation.
Without --snapshot, an organization is generated, with --clean one in which every field can be read. Records are read here
from their raw JSON, scopes are classified here, and so are tokens that are live; what has no counterpart in the reference,
an unknown field, is an error in each use of it. Some of what is found is waived, so that rules on waivers have something
to judge. Prints the outcomes of each rule. Fails when one differs, and when a generated organization leaves a rule of
tokens, keys, policies or owners without a flagged or a passed resource.
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

import generated_organization

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
VARIABLES = {
    "api-token": "token", "api-key": "key", "policy": "policy", "owner": "owner", "organization": "org",
    "waiver": "waiver", "coverage": "coverage"}
# The list without which nothing of a kind is seen; owners come from the tokens.
LISTS = {"api-token": "api-tokens", "api-key": "api-keys", "policy": "policies", "owner": "api-tokens"}
# Parameters of rules that say nothing without a setting.
SETTINGS = {"owner-domain": {"domains": ["example.com"]}, "key-creator-domain": {"domains": ["example.com"]}}
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
            self.problems.append(f"{prefix}{name} can't be read")
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


def lower_ascii(text):
    return "".join(character.lower() if character.isascii() else character for character in text)


def distinct(texts):
    return list(dict.fromkeys(texts))


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
        function("lowerAscii", lower_ascii, kinds.STRING, kinds.STRING, is_member=True),
        function("distinct", distinct, kinds.List(kinds.DYN), kinds.List(kinds.DYN), is_member=True),
    ]
    names = ["record", "params", "facts", *VARIABLES.values()]
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
        self.settings = SETTINGS.get(self.id, {})
        self.parameters = {name: self.value(entry) for name, entry in parameters.items()} | self.settings
        durations = {name for name, entry in parameters.items() if entry["type"] == "duration"}
        self.condition = compile_text(self.translated(rule["condition"], durations))
        applies = rule.get("applies")
        self.applies = {
            kind: compile_text(self.translated(applies or self.default_applies(kind), durations)) for kind in self.kinds}
        self.needs_organization = "org." in rule["condition"]
        self.tables = list(rule.get("facts", {}))

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
        text = re.sub(r"\b([a-zA-Z_][\w.]*\.(?:createdAt|expiresAt|lastActiveAt|updatedAt|expires))\b", r"timestamp(\1)", text)
        # The reference's checker does not take an indexed `dyn` for a list.
        text = re.sub(r"(policy\.attributes\.rule\['in'\])", r"dyn(\1)", text)
        return re.sub(r"params\.(\w+)", lambda name: f"duration({name[0]})" if name[1] in durations else name[0], text)

    def outcome(self, kind, record, organization, facts, now):
        data = {"record": record, VARIABLES[kind]: record, "params": self.parameters, "facts": facts, "now": now}
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


def resources(lines, now):
    """Resources by kind, without waivers, and how many tokens have no owner."""
    records = collections.defaultdict(list)
    header, trailer = json.loads(lines[0]), json.loads(lines[-1])
    for line in lines[1:-1]:
        kind = re.match(r'\{"kind":"([a-z-]+)","record":', line)
        if kind[1] in LISTS:
            records[kind[1]].append(read_record(kind[1], line[kind.end():-1], now.timestamp()))
    coverage = []
    for name in ["api-tokens", "api-keys", "policies", *header.get("include", [])]:
        seen = trailer["coverage"].get(name, {"state": "unavailable", "reason": "", "records": 0})
        members = {member: value for member, value in seen.items() if value is not None}
        coverage.append({UNKNOWN: [], "id": name} | members)
    complete = {seen["id"] for seen in coverage if seen["state"] == "complete"}
    owners = {}
    unattributed = 0
    for token in records["api-token"]:
        user = token.get("user", {})
        if not user.get("id"):
            unattributed += 1
            continue
        owner = owners.setdefault(user["id"], user | {UNKNOWN: list(user[UNKNOWN])})
        if "api-tokens" in complete:
            owner.setdefault("tokens", []).append(token)
        elif "tokens" not in owner[UNKNOWN]:
            owner[UNKNOWN].append("tokens")
    organization = {UNKNOWN: [], "id": header["organizationId"]}
    for field, kind in {"tokens": "api-token", "keys": "api-key", "policies": "policy"}.items():
        if LISTS[kind] in complete:
            organization[field] = records[kind]
        else:
            organization[UNKNOWN].append(field)
    found = {**records, "owner": list(owners.values()), "organization": [organization], "coverage": coverage}
    return found, unattributed


def some_waivers(flagged, coverage, now):
    """Waivers of the kinds that there are, each with what it matches: none of them needs to be right."""

    def waiver(number, days, matches, **members):
        expires = (now + datetime.timedelta(days=days)).isoformat().replace("+00:00", "Z")
        return {
            "id": f"W-{number}", "owner": "robin@example.com", "reason": "So that there is one.", "expires": expires,
            **members}, matches

    # Two resources of one rule, two of another, and a list.
    pairs = [(rule, sorted(resources)[:2]) for rule, resources in sorted(flagged.items()) if len(resources) > 1][:2]
    waivers = []
    for rule, resources in pairs:
        ids = [name for _, name in resources]
        count = sum(name in ids for _, name in flagged[rule])
        number = 10 * (len(waivers) + 1)
        waivers += [
            waiver(number, 60, count, rule=rule, match={"ids": ids}),
            waiver(number + 1, -3, count, rule=rule, match={"ids": ids}),
            waiver(number + 2, 0, count, rule=rule, match=f"record.id in {json.dumps(ids)}"),
            waiver(number + 3, 14, count, rule=rule, match={"ids": ids}),
            waiver(number + 4, 91, count, rule=rule, match={"ids": [*ids, "nothing"]}),
            waiver(number + 5, 60, 0, rule=rule, match={"ids": ["nothing"]}),
            waiver(number + 6, -60, 0, rule=rule, match="record.id == 'nothing'"),
        ]
    for seen in coverage:
        if seen["id"] in LISTS.values():
            waivers.append(waiver(seen["id"], 14, int(seen["state"] != "complete"), gap=seen["id"]))
    return waivers


def waiver_record(waiver, matches):
    record = {UNKNOWN: [], "matches": matches, "rules": [waiver["rule"]] if "rule" in waiver else []}
    return record | {name: waiver[name] for name in ("id", "gap", "reason", "owner", "expires") if name in waiver}


def some_facts(names, found):
    """Tables of e-mail addresses, each with some of those that there are."""
    users = [token.get("user", {}) for token in found.get("api-token", [])]
    users += [key.get("createdBy", {}) for key in found.get("api-key", [])]
    addresses = sorted({user["email"] for user in users if re.fullmatch(r"[a-z0-9._-]+@[a-z0-9.-]+", user.get("email", ""))})
    return {name: {email: {} for email in addresses[start::4]} for start, name in enumerate(sorted(names))}


def audit(program, rules, snapshot, waivers, facts, folder, now):
    policy = folder / "policy.yaml"
    # JSON is YAML.
    policy.write_text(json.dumps({"rules": {rule.id: {"parameters": rule.settings} for rule in rules}}))
    accepted = folder / "waivers.yaml"
    accepted.write_text(json.dumps({"waivers": waivers}))
    options = []
    for name, table in facts.items():
        path = folder / f"{name}.csv"
        path.write_text("".join(f"{line}\n" for line in ["email", *table]))
        options += ["--facts", f"{name}={path}"]
    report = folder / "report.json"
    result = subprocess.run(
        [program, "audit", "--snapshot", snapshot, "--allow-partial", "--policy", policy, "--waivers", accepted,
         *options, "--report", f"json={report}", "--at", now.isoformat().replace("+00:00", "Z")], capture_output=True, text=True)
    if result.returncode not in (0, 1, 3):
        sys.exit(f"rules: {result.stderr}")
    return json.loads(report.read_text())


class Comparison:
    """What the reference finds in a snapshot, and where an audit finds something else."""

    def __init__(self, program, rules, snapshot, now=None):
        lines = snapshot.read_text().split("\n")[:-1]
        now = now or datetime.datetime.fromtimestamp(instant(json.loads(lines[0])["collectedAt"]), UTC)
        self.rules = rules
        self.found, self.unattributed = resources(lines, now)
        self.facts = some_facts({name for rule in rules for name in rule.tables}, self.found)
        self.counts, self.flagged = {}, {}
        for rule in rules:
            if "waiver" not in rule.kinds:
                self.ask(rule, now)
        waivers = some_waivers(self.flagged, self.found["coverage"], now)
        self.found["waiver"] = [waiver_record(*waiver) for waiver in waivers]
        for rule in rules:
            if "waiver" in rule.kinds:
                self.ask(rule, now)
        with tempfile.TemporaryDirectory() as folder:
            accepted = [waiver for waiver, _ in waivers]
            report = audit(program, rules, snapshot, accepted, self.facts, pathlib.Path(folder), now)
        self.differences = self.compare(report)

    def ask(self, rule, now):
        counts = collections.Counter(notEvaluable=self.unattributed if "owner" in rule.kinds else 0)
        flagged = set()
        for kind in rule.kinds:
            for record in self.found.get(kind, []):
                outcome = rule.outcome(kind, record, self.found["organization"][0], self.facts, now)
                counts[outcome] += 1
                if outcome == "flagged":
                    flagged.add((kind, record["id"]))
        self.counts[rule.id] = {name: counts[name] for name in ("flagged", "passed", "notApplicable", "notEvaluable")}
        self.flagged[rule.id] = flagged

    def compare(self, report):
        told = {rule["id"]: rule["outcomes"] for rule in report["rules"]}
        flagged_there = collections.defaultdict(set)
        for finding in report["findings"]:
            flagged_there[finding["ruleId"]].add((finding["resource"]["kind"], finding["resource"]["id"]))
        differences = {}
        for rule in self.rules:
            counts = self.counts[rule.id]
            difference = sorted(self.flagged[rule.id] ^ flagged_there[rule.id])[:5]
            if difference or any(told[rule.id][name] != count for name, count in counts.items()):
                differences[rule.id] = f"{counts}, the audit says {told[rule.id]}, differently flagged: {difference}"
        return differences

    @property
    def resource_count(self):
        return sum(map(len, self.found.values()))


def all_rules(folder, scopes):
    """Every rule of a folder but those that ask facts: these come from outside the organization, and such rules have
    their examples as tests."""
    paths = [path for path in sorted(folder.glob("*.yaml")) if "\nfacts:\n" not in path.read_text()]
    return [Rule(path, environment(scopes).compile) for path in paths]


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
    rules = all_rules(arguments.rules, scopes)
    with tempfile.TemporaryDirectory() as folder:
        snapshot, now = arguments.snapshot, None
        if not snapshot:
            now = datetime.datetime(2026, 6, 1, tzinfo=UTC)
            snapshot = pathlib.Path(folder) / "snapshot.jsonl"
            source = random.Random(arguments.seed)
            lines = generated_organization.lines(source, arguments.records, scopes.known, now, arguments.clean)
            snapshot.write_text("\n".join(lines) + "\n")
        comparison = Comparison(arguments.tokenreeve, rules, snapshot, now)

    failures = 0
    print(f"{'rule':32}{'flagged':>10}{'passed':>10}{'not appl.':>10}{'not eval.':>10}")
    for rule in rules:
        counts = comparison.counts[rule.id]
        print(f"{rule.id:32}" + "".join(f"{count:>10}" for count in counts.values()))
        if rule.id in comparison.differences:
            failures += 1
            print(f"  DIFFERS: {comparison.differences[rule.id]}")
        judged = not (arguments.snapshot or arguments.clean) and {"organization", "coverage"}.isdisjoint(rule.kinds)
        if judged and not (counts["flagged"] and counts["passed"]):
            failures += 1
            print("  VACUOUS: the generated organization doesn't show both outcomes")
    print(
        f"{len(rules)} rules on {comparison.resource_count} resources: "
        + (f"{failures} FAILED" if failures else "the same outcomes"))
    # The reference's module gives None back too often, which can abort Python while it takes itself down.
    sys.stdout.flush()
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    main()
