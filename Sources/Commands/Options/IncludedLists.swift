import ArgumentParser
import Inventory

/// The lists that are collected only when they are asked for: an option of `collect` and `audit`.
struct IncludedLists: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Collect this list too: \(CollectedList.optional.map(\.rawValue).joined(separator: ", ")). Repeats.",
      valueName: "list"))
  var include: [OptionalList] = []

  var lists: Set<CollectedList> { Set(include.map(\.list)) }
}

/// The name of a list that is not in every collection.
struct OptionalList: ExpressibleByArgument {
  let list: CollectedList

  init?(argument: String) {
    guard let list = CollectedList(rawValue: argument), list.isOptional else { return nil }
    self.list = list
  }

  static var allValueStrings: [String] { CollectedList.optional.map(\.rawValue) }
}
