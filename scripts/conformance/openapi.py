#!/usr/bin/env python3
"""Validates what an Admin API server answers against OpenAPI descriptions.

Usage: openapi.py BASE_URL ORG_ID API_KEY FOLDER

Asks for every GET operation of the descriptions in FOLDER whose path needs nothing but the organization, follows its
pages to the end, and validates each answer's body and headers against the schemas. Ends with 1 on any violation, on a
page that leads nowhere, or when fewer operations were validated than the collector uses.

Needs the packages of requirements.txt.
"""

import json
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

from openapi_schema_validator import OAS30Validator

# What the collector reads; each must have been validated.
REQUIRED = {
    "/admin/api-access/v1/orgs/{orgId}/api-tokens",
    "/admin/api-access/v1/orgs/{orgId}/api-tokens/count",
    "/admin/api-access/v1/orgs/{orgId}/api-keys",
    "/admin/api-access/v1/orgs/{orgId}/api-keys/count",
    "/admin/v1/orgs/{orgId}/policies",
    "/admin/api-access/v1/orgs/{orgId}/service-accounts/api-tokens",
    "/admin/api-access/v1/orgs/{orgId}/oauth-clients",
    "/admin/control/v1/orgs/{orgId}/policies",
}


class Checker:
    def __init__(self, base, organization, key):
        self.base = base.rstrip("/")
        self.organization = organization
        self.key = key
        self.problems = []
        self.validated = {}

    def ask(self, path, query):
        url = self.base + path.replace("{orgId}", urllib.parse.quote(self.organization, safe=""))
        if query:
            url += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self.key}"})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def check(self, description, path, operation):
        """Validates every page of an operation."""
        ok = operation["responses"]["200"]
        schema = ok.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return
        cursor, seen, pages = None, set(), 0
        while True:
            status, headers, body = self.ask(path, {"cursor": cursor} if cursor else {})
            if status == 404 and pages == 0 and path not in REQUIRED:
                print(f"not served: {path}")
                return
            place = f"{path} page {pages + 1}"
            if status != 200:
                self.problems.append(f"{place}: HTTP {status}: {body[:200]!r}")
                return
            try:
                value = json.loads(body)
            except ValueError as error:
                self.problems.append(f"{place}: not JSON: {error}")
                return
            self.validate(description, schema, value, place)
            self.check_headers(description, ok.get("headers", {}), headers, place)
            pages += 1
            self.validated[path] = pages
            cursor = next_cursor(value)
            if not cursor:
                return
            if cursor in seen:
                self.problems.append(f"{place}: the cursor {cursor} came twice")
                return
            seen.add(cursor)

    def check_headers(self, description, declared, headers, place):
        for name, header in declared.items():
            text = headers.get(name)
            if text is None:
                self.problems.append(f"{place}: no header {name}")
                continue
            schema = header.get("schema", {})
            value = int(text) if schema.get("type") == "integer" and text.isdigit() else text
            self.validate(description, schema, value, f"{place}: header {name}")

    def validate(self, description, schema, value, place):
        validator = OAS30Validator(resolved(description, schema), format_checker=OAS30Validator.FORMAT_CHECKER)
        for error in validator.iter_errors(value):
            where = "/".join(str(part) for part in error.absolute_path)
            self.problems.append(f"{place}: {where}: {error.message[:300]}")


def next_cursor(value):
    if not isinstance(value, dict):
        return None
    meta, links = value.get("meta") or {}, value.get("links") or {}
    return meta.get("next") or (None if "meta" in value else links.get("next"))


def resolved(description, schema):
    """The schema with its references replaced by what they refer to.

    Discriminators are left out: the validator takes their path to a nested member for the name of a member.
    """
    if isinstance(schema, list):
        return [resolved(description, item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        target = description
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return resolved(description, target)
    return {name: resolved(description, item) for name, item in schema.items() if name != "discriminator"}


def main(arguments):
    if len(arguments) != 4:
        sys.exit(__doc__)
    base, organization, key, folder = arguments
    checker = Checker(base, organization, key)
    for file in sorted(pathlib.Path(folder).glob("*.json")):
        description = json.loads(file.read_text())
        prefix = urllib.parse.urlsplit(description["servers"][0]["url"]).path.rstrip("/")
        for path, operations in description["paths"].items():
            full = prefix + path
            if "get" in operations and full.count("{") == full.count("{orgId}") and "/validate" not in full:
                checker.check(description, full, operations["get"])
    for path in sorted(REQUIRED - set(checker.validated)):
        checker.problems.append(f"{path}: was not validated")
    for path, pages in sorted(checker.validated.items()):
        print(f"validated: {path}, {pages} pages")
    for problem in checker.problems[:50]:
        print(f"violation: {problem}", file=sys.stderr)
    print(f"{len(checker.problems)} violations")
    sys.exit(1 if checker.problems else 0)


main(sys.argv[1:])
