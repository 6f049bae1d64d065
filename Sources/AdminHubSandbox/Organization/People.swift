import Inventory

/// The fictional people of an organization, each computed from a number.
struct People {
  let seed: UInt64
  let organizationID: String

  private static let firstNames = [
    "Ada", "Bo", "Chidi", "Dagny", "Emre", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Lena", "Mateo", "Nadia",
    "Oskar", "Priya", "Quentin", "Rosa", "Sanna", "Tomas", "Uma", "Viktor", "Wanda", "Yusuf",
  ]
  private static let lastNames = [
    "Adler", "Brook", "Castel", "Dorn", "Ekholm", "Fenn", "Grove", "Holt", "Ivers", "Juhl", "Kerr", "Lind", "Moor",
    "Nord", "Oakes", "Park", "Quill", "Ridge", "Stone", "Thorn", "Underhill", "Vale", "Wells", "Yard", "Zell",
  ]

  /// How somebody is named in a record.
  struct Person {
    let id: String
    var name: String
    var email: String?
  }

  func person(_ number: Int) -> Person {
    var random = SeededGenerator(seed: seed, "person", number)
    let combinations = Self.firstNames.count * Self.lastNames.count
    // Walks through all combinations before one comes again: the step has no factor in common with their number.
    let place = (number % combinations * 7 + Int(seed % UInt64(combinations))) % combinations
    let first = Self.firstNames[place % Self.firstNames.count]
    let last = Self.lastNames[place / Self.firstNames.count]
    let again = number >= combinations ? "\(number / combinations + 1)" : ""
    return Person(
      id: "712020:\(random.uuid())", name: "\(first) \(last)",
      email: "\(first).\(last)\(again)@example.com".lowercased())
  }

  /// A token's `user`.
  func user(_ person: Person) -> JSONValue {
    .record([
      "id": .string(person.id), "orgId": .string(organizationID), "name": .string(person.name),
      "email": person.email.map(JSONValue.string),
    ])
  }

  /// A key's `createdBy`.
  func creator(_ person: Person) -> JSONValue {
    .record(["id": .string(person.id), "name": .string(person.name), "email": person.email.map(JSONValue.string)])
  }
}

extension JSONValue {
  /// An object with the members that are not nil, in their order.
  static func record(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
