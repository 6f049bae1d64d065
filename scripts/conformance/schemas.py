#!/usr/bin/env python3
"""Checks the files that users write against the schemas that editors check them by, with a validator of other people.

Usage: schemas.py REPOSITORY

Every built-in rule and policy, and every file that the documents show, has to be valid; so must each of them be no
longer with an unknown key, or without a required one. Ends with 1 and a list when that is not so.
"""

import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema has no dates, and only `true` and `false` are booleans."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def files(repository):
    """The kind, the name and the text of each file."""
    for path in sorted((repository / "policies" / "rules").glob("*.yaml")):
        yield "rule", path.name, path.read_text()
    for path in sorted((repository / "policies").glob("*.yaml")):
        yield "policy", path.name, path.read_text()
    for path in [repository / "README.md", *sorted((repository / "docs").glob("*.md"))]:
        for block in re.findall(r"^```yaml\n(# \S+\.yaml\n.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL):
            keys = yaml.load(block, Loader)
            kind = "waivers" if "waivers" in keys else "policy-test" if "tests" in keys else "policy"
            yield kind, f"{path.name}: {block.splitlines()[0][2:]}", block


def main(repository):
    validators = {}
    for path in (repository / "docs" / "schemas").glob("*.schema.json"):
        schema = json.loads(path.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[path.name.removesuffix(".schema.json")] = jsonschema.Draft202012Validator(schema)
    problems, counts = [], {}
    for kind, name, text in files(repository):
        counts[kind] = counts.get(kind, 0) + 1
        document, validator = yaml.load(text, Loader), validators[kind]
        for error in validator.iter_errors(document):
            problems.append(f"{name}: {error.json_path}: {error.message[:300]}")
        changed = copy.deepcopy(document)
        changed["unknown"] = 1
        if validator.is_valid(changed):
            problems.append(f"{name}: an unknown key is valid")
        for key in validator.schema.get("required", []):
            if validator.is_valid({name: value for name, value in document.items() if name != key}):
                problems.append(f"{name}: without `{key}` it is valid")
    for problem in problems:
        print(problem)
    print("; ".join(f"{kind}: {count} files" for kind, count in sorted(counts.items())))
    return 1 if problems or len(counts) < 4 else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
