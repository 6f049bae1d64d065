import CEL
import Testing

/// Commas and optional parts of lists and maps.
struct ContainerSyntaxTests {
  @Test(arguments: ["[,]", "{,}", "[1,]", "{1: 2,}", "[?optional.of(1),]"])
  func aCommaMayEndThem(source: String) throws { #expect(throws: Never.self) { try evaluate(source) } }

  @Test(arguments: ["[,,]", "[1,,]", "[,1]", "{,1: 2}", "{1: 2,,}", "size([],)"])
  func otherCommasAreErrors(source: String) { #expect(!problems(source).isEmpty) }

  @Test func theKeyOfAnAbsentEntryIsChecked() throws {
    #expect(try evaluationError("{?1.5: optional.none()}") != nil)
    #expect(try evaluate("size({?1: optional.none()})") == .int(0))
  }

  @Test func anEmptyOptionalIsNoZeroValue() throws {
    #expect(try evaluate("optional.ofNonZeroValue(optional.none()).hasValue()") == .bool(true))
    #expect(try evaluate("optional.ofNonZeroValue(0).hasValue()") == .bool(false))
  }
}
