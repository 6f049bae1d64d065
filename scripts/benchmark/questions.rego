# The nine questions about one API token: `answers` holds the numbers of those that it answers with yes.
package questions

import rego.v1

now := time.parse_rfc3339_ns("2026-11-21T00:00:00Z")

day := ((24 * 60) * 60) * 1000000000

expires := time.parse_rfc3339_ns(input.expiresAt) if is_string(input.expiresAt)

created := time.parse_rfc3339_ns(input.createdAt) if is_string(input.createdAt)

active := time.parse_rfc3339_ns(input.lastActiveAt) if is_string(input.lastActiveAt)

answers contains 0 if not expires

answers contains 1 if expires - created > 90 * day

answers contains 2 if not active

answers contains 2 if active < now - (90 * day)

answers contains 3 if input.scopes == []

answers contains 4 if starts("manage:")

answers contains 5 if input.status == "BLOCKED"

answers contains 6 if {
	starts("write:")
	starts("delete:")
}

answers contains 7 if {
	expires >= now
	expires <= now + (14 * day)
}

answers contains 8 if trim(input.label, " ") == ""

starts(prefix) if {
	some scope in input.scopes
	startswith(scope, prefix)
}
