package import CEL
package import Inventory

/// A field of a record as a condition sees it: the same three states, the value in CEL's types.
func conditionField(_ field: Inventory.Field<String>) -> CEL.Field { conditionField(field.map { .string($0) }) }
func conditionField(_ field: Inventory.Field<Instant>) -> CEL.Field { conditionField(field.map(conditionTimestamp)) }
func conditionField(_ field: Inventory.Field<[String]>) -> CEL.Field { conditionField(field.map(conditionList)) }
func conditionField(_ field: Inventory.Field<User>) -> CEL.Field {
  conditionField(field.map { .object(UserObject(user: $0)) })
}

func conditionField(_ field: Inventory.Field<Value>) -> CEL.Field {
  switch field {
  case .absent: .absent
  case .unknown(let reason): .unknown(reason)
  case .value(let value): .value(value)
  }
}

func conditionList(_ texts: [String]) -> Value { .list(ListValue(strings: texts)) }

/// An `Instant` that was read from text lies within the years that a CEL timestamp has; null stands for any other.
package func conditionTimestamp(_ instant: Instant) -> Value {
  let (seconds, rest) = (instant.milliseconds.quotientAndRemainder(dividingBy: 1000))
  let (whole, fraction) = rest < 0 ? (seconds - 1, rest + 1000) : (seconds, rest)
  return Timestamp(seconds: whole, nanoseconds: Int32(fraction) * 1_000_000).map { .timestamp($0) } ?? .null
}

/// JSON as CEL sees it (cel-spec, "JSON Data Conversion"): numbers are doubles, except that an integer that a double
/// would round stays an integer.
func conditionValue(_ json: JSONValue) -> Value {
  switch json {
  case .null: .null
  case .boolean(let flag): .bool(flag)
  case .number(let text): Int64(text).map { .int($0) } ?? .double(Double(text) ?? .nan)
  case .string(let text): .string(text)
  case .array(let elements): .list(ListValue(elements.map(conditionValue)))
  case .object(let members):
    .map(MapValue(members.map { ($0.name, conditionValue($0.value)) }))
  }
}

/// A rule's parameter as a condition sees it.
func conditionValue(_ parameter: ParameterValue) -> Value {
  switch parameter {
  case .duration(let milliseconds): .duration(CEL.Duration(nanoseconds: milliseconds * 1_000_000))
  case .int(let number): .int(number)
  case .double(let number): .double(number)
  case .string(let text): .string(text)
  case .bool(let flag): .bool(flag)
  case .strings(let texts): conditionList(texts)
  }
}

extension ParameterType {
  var conditionType: CELType {
    switch self {
    case .duration: .duration
    case .int: .int
    case .double: .double
    case .string: .string
    case .bool: .bool
    case .strings: .list(.string)
    }
  }
}

/// A value as people read it in a message or as evidence: durations as `90d`, dates in RFC 3339, lists with commas.
package func displayText(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .bool(let flag): String(flag)
  case .int(let number): String(number)
  case .uint(let number): String(number)
  case .double(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
  case .string(let text): maskingSecrets(text)
  case .timestamp(let timestamp):
    Instant(milliseconds: timestamp.seconds * 1000 + Int64(timestamp.nanoseconds) / 1_000_000).text
  case .duration(let duration): DurationText.text(milliseconds: duration.nanoseconds / 1_000_000)
  case .list(let list):
    (0..<min(list.count, 20)).map { displayText(list[$0]) }.joined(separator: ", ") + (list.count > 20 ? ", …" : "")
  default: "…"
  }
}

/// As `displayText`, but nothing is cut: two durations that read alike are the same to the millisecond.
package func exactText(_ value: Value) -> String {
  if case .duration(let duration) = value {
    return DurationText.exactText(milliseconds: duration.nanoseconds / 1_000_000)
  }
  return displayText(value)
}
