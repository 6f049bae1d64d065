import CELFuzzing

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  if let violation = Fuzzing.parsing(unsafe Array(UnsafeBufferPointer(start: data, count: size))) {
    fatalError(violation)
  }
  return 0
}
