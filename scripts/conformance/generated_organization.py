"""Lines of a snapshot of an organization that is generated: for the comparison of rules with the reference."""

import datetime
import json


def lines(source, count, scopes, now, clean):
    """A snapshot whose records have every field known, absent or unreadable by chance; in a clean one all are known."""
    noisy = not clean

    def date(*days):
        moment = now + datetime.timedelta(days=source.choice(days), milliseconds=source.choice([-1, 0, 0, 1]))
        return moment.isoformat(timespec="milliseconds").replace("+00:00", source.choice(["Z", "+00:00"]))

    not_dates = [
        "soon", "", "2026-02-30T00:00:00Z", "2026-06-01", "2026-06-01 09:00:00", "1781234567", 1781234567, "0000-01-01T00:00:00Z",
        "2026-06-01T24:00:00Z", "2026-06-01T12:00:60Z", "2026-06-01T12:00:00", "2026-06-01T12:00:00+24:00",
        "2026-06-01T12:00:00.Z", "2026-13-01T00:00:00Z", " 2026-06-01T00:00:00Z", "２０２６-06-01T00:00:00Z"]

    # Without U+0000, at which the reference's module takes a text to end.
    hostile = [7, -1, 0.5, 1e300, True, "", "null", [], [None], [[]], {}, {"id": "x"}, ["x", 7], "\u0001", "\ud83d\ude00"]

    def some(value, *wrong):
        """The value; by chance null, something else, or nothing."""
        other = source.choice(wrong) if wrong and source.random() < 0.7 else source.choice(hostile)
        return source.choices([value, None, other, ...], [20, 2, 1, 1] if noisy else [1, 0, 0, 0])[0]

    def person(number):
        name = source.choice(["ada.park", "bo.lind", "svc-sync", "team", "noreply", "it.ops"])
        domain = source.choice(["example.com", "example.com", "partner.example.net"])
        return some({"id": some(f"u-{number}"), "email": some(f"{name}@{domain}"), "name": some("Ada Park")}, "u-1", [])

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
            "createdAt": some(date(-400, -100, -90, -60, -30, -20, -14, -1, 2), *not_dates),
            "expiresAt": some(date(-60, -10, 0, 7, 14, 30, 60, 300), *not_dates),
            "lastActiveAt": some(date(-500, -200, -90, -30, -14, -1), *not_dates),
            "scopes": some(held, "read:jira-work", [*held, 7], [*held, None], {"scopes": held}),
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
            "rule": some(rule(kind)), "updatedAt": some(date(-300, -90, -7, -1), *not_dates), "name": some("A policy"),
            "resources": some([resource for resource in resources if resource is not ...]),
        }
        return {"id": f"p-{number}", "type": "policy", "attributes": some(attributes)}

    def line(kind, record):
        def present(value):
            if isinstance(value, dict):
                return {name: present(member) for name, member in value.items() if member is not ...}
            return [present(element) for element in value] if isinstance(value, list) else value

        text = json.dumps(present(record), separators=(",", ":"))
        if not clean and source.random() < 0.01:
            # A name that stands twice, and a record that is none.
            text = source.choice([text[:-1] + ',"label":"again","status":"BLOCKED"}', "[]", "null", '"record"', "7"])
        return f'{{"kind":"{kind}","record":{text}}}'

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

