# The nine questions about API tokens, one object a line: jq -n -c -f questions.jq tokens.jsonl prints the counts.

# Seconds since 1970 of RFC 3339 text with any fraction and offset.
def instant:
  .[19:] as $rest
  | (if $rest | endswith("Z") then [$rest[:-1], 0]
     else [$rest[:-6], (($rest[-5:-3] | tonumber) * 60 + ($rest[-2:] | tonumber)) * 60 * ($rest[-6:-5] + "1" | tonumber)]
     end) as [$fraction, $offset]
  | (.[:19] + "Z" | fromdateiso8601) + ("0" + $fraction | tonumber) - $offset;

def starts($prefix): any(.[]?; startswith($prefix));

("2026-11-21T00:00:00Z" | instant) as $now
| 86400 as $day
| reduce inputs as $token ([range(9) | 0];
    ($token.expiresAt | if . then instant else null end) as $expires
    | ($token.createdAt | if . then instant else null end) as $created
    | ($token.lastActiveAt | if . then instant else null end) as $active
    | [., [
        $expires == null,
        ($expires != null and $created != null and $expires - $created > 90 * $day),
        ($active == null or $active < $now - 90 * $day),
        $token.scopes == [],
        ($token.scopes | starts("manage:")),
        $token.status == "BLOCKED",
        ($token.scopes | starts("write:") and starts("delete:")),
        ($expires != null and $expires >= $now and $expires <= $now + 14 * $day),
        ($token.label != null and ($token.label | explode | all(. == 32)))
      ]]
    | transpose | map(.[0] + if .[1] then 1 else 0 end))
| map(tostring) | join(" ")
