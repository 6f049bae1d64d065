extension FunctionTable {
  mutating func addTimeFunctions() {
    for component in TimestampComponent.allCases {
      receiver(component.rawValue, .timestamp, .int) { (instant, _) throws(EvaluationError) in
        guard case .timestamp(let instant) = instant else { throw .noOverload(component.rawValue, [instant]) }
        return .int(instant.component(component))
      }
      receiver(component.rawValue, .timestamp, .string, .int) { (instant, zone, frame) throws(EvaluationError) in
        guard case .timestamp(let instant) = instant, case .string(let zone) = zone else {
          throw .noOverload(component.rawValue, [instant, zone])
        }
        return .int(instant.component(component, in: try Self.timeZone(zone, &frame)))
      }
    }
    for component in DurationComponent.allCases {
      receiver(component.rawValue, .duration, .int) { (span, _) throws(EvaluationError) in
        guard case .duration(let span) = span else { throw .noOverload(component.rawValue, [span]) }
        return .int(span.component(component))
      }
    }
  }

  /// A name is looked up among those read before; the first use of one reads a file.
  static func timeZone(_ name: String, _ frame: inout Frame) throws(EvaluationError) -> TimeZone {
    try frame.budget.spend(20)
    do throws(TimeZoneError) {
      return try TimeZone(name)
    } catch {
      throw EvaluationError("\(error)")
    }
  }
}
