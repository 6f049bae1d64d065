#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a page begins, as the opaque text that a client sends back: padded base64, so that a client that does not
/// percent-encode it is found out.
struct Cursor: Equatable {
  let position: Int
  /// Tells cursors of the same place apart.
  var variant = 0

  var text: String {
    Data("{\"p\":\(position),\"v\":\(variant)}".utf8).base64EncodedString()
  }

  init(position: Int, variant: Int = 0) {
    self.position = position
    self.variant = variant
  }

  /// Nil when the text is no cursor that was given out.
  init?(_ text: String) {
    guard let data = Data(base64Encoded: text) else { return nil }
    let numbers = String(decoding: data, as: UTF8.self).split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    self.init(position: numbers[0], variant: numbers[1])
    guard self.text == text else { return nil }
  }
}
