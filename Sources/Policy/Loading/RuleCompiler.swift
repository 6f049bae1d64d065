import CEL

/// Compiles a rule's expressions for the kinds of resources that it is asked of. Every problem goes to the
/// diagnostics, with its place in the file that the expression came from.
struct RuleCompiler {
  /// The tables that expressions can ask.
  let facts: [FactDeclaration]
  private(set) var diagnostics: [Diagnostic] = []
  /// What all expressions on a kind of resources have in common.
  private var commonParts: [ResourceKind: (environment: Environment, defaultApplies: Program?)] = [:]

  init(facts: [FactDeclaration] = []) { self.facts = facts }

  mutating func programs(
    of rule: Rule, _ parameters: [ParameterSetting]
  ) -> [ResourceKind: RulePrograms] {
    var programs: [ResourceKind: RulePrograms] = [:]
    for kind in rule.resources {
      let (withoutParameters, defaultApplies) = common(kind)
      let environment = withoutParameters.declaring(parameters)
      let applies =
        rule.expressions.applies.map { compile($0, in: environment, expecting: .bool) } ?? defaultApplies
      let condition = compile(rule.expressions.condition, in: environment, expecting: .bool)
      let message = template(rule.expressions.message, title: rule.title, in: environment)
      let measure = rule.expressions.measure.flatMap { compileMeasure($0, in: environment) }
      if let applies, let condition, let message {
        programs[kind] = RulePrograms(
          applies: applies, condition: condition, message: message, measure: measure, kind: kind)
      }
    }
    return programs
  }

  /// The rule's programs with its overrides among them.
  mutating func programs(
    of rule: Rule, _ settings: RuleSettings, _ overrides: [CompiledOverride]
  ) -> [ResourceKind: RulePrograms] {
    var programs = programs(of: rule, settings.parameters)
    guard !overrides.isEmpty else { return programs }
    let variants = overrides.map { override in
      override.settings.isEnabled ? self.programs(of: rule, override.settings.settings.parameters) : [:]
    }
    for kind in rule.resources {
      programs[kind]?.variants = overrides.indices.compactMap { index in
        // A condition that speaks of `token` matches tokens, and no key.
        overrides[index].matches[kind].map {
          RuleVariant(index: index, match: $0.condition, programs: variants[index][kind])
        }
      }
    }
    return programs
  }

  /// A condition on resources, of a waiver or an override, for the kinds of resources that its rules are asked of. It
  /// is wrong only when it is wrong for all of them: one that speaks of `token` matches tokens, and no key.
  mutating func match(_ expression: Expression, kinds: [ResourceKind]) -> [ResourceKind: CompiledMatch] {
    let known = diagnostics
    var programs: [ResourceKind: CompiledMatch] = [:]
    for kind in kinds {
      let environment = common(kind).environment.declaring([])
      programs[kind] = compile(expression, in: environment, expecting: .bool).map(CompiledMatch.init)
    }
    if !programs.isEmpty { diagnostics = known }
    return programs
  }

  /// Made when a kind is asked for first.
  private mutating func common(_ kind: ResourceKind) -> (environment: Environment, defaultApplies: Program?) {
    if let known = commonParts[kind] { return known }
    let environment = ConditionEnvironment.environment(for: kind, facts: facts)
    let common = (environment, try? environment.compile(kind.defaultApplies, expecting: .bool))
    commonParts[kind] = common
    return common
  }

  private mutating func compile(
    _ expression: Expression, in environment: Environment, expecting type: CELType?
  ) -> Program? {
    do throws(CompilationFailure) {
      return try environment.compile(expression.text, expecting: type)
    } catch {
      for problem in error.problems { note(problem, in: expression, offset: 0) }
      return nil
    }
  }

  private mutating func compileMeasure(_ expression: Expression, in environment: Environment) -> Program? {
    guard let program = compile(expression, in: environment, expecting: nil) else { return nil }
    guard [.int, .uint, .double].contains(program.resultType) else {
      append(
        "`measure` should be an int or a double, but is of type \(program.resultType)", nil, in: expression, at: 0,
        length: expression.text.unicodeScalars.prefix { $0 != "\n" }.count)
      return nil
    }
    return program
  }

  private mutating func template(
    _ expression: Expression, title: String, in environment: Environment
  ) -> MessageTemplate? {
    if expression.text.isEmpty { return MessageTemplate(parts: [.text(title)]) }
    let pieces: [MessageTemplate.Piece]
    do throws(MessageTemplate.SyntaxError) {
      pieces = try MessageTemplate.pieces(of: expression.text)
    } catch {
      append(error.message, nil, in: expression, at: error.offset, length: 1)
      return nil
    }
    var parts: [MessageTemplate.Part] = []
    for piece in pieces {
      switch piece {
      case .text(let text): parts.append(.text(text))
      case .expression(let text, let offset):
        do throws(CompilationFailure) {
          parts.append(.program(try environment.compile(text)))
        } catch {
          for problem in error.problems { note(problem, in: expression, offset: offset) }
        }
      }
    }
    return parts.count == pieces.count ? MessageTemplate(parts: parts) : nil
  }

  private mutating func note(_ problem: Problem, in expression: Expression, offset: Int) {
    append(problem.message, problem.suggestion, in: expression, at: offset + problem.offset, length: problem.length)
  }

  /// A rule on several kinds is compiled for each: what is wrong in one place is said once.
  private mutating func append(
    _ message: String, _ advice: String?, in expression: Expression, at offset: Int, length: Int
  ) {
    let diagnostic = Diagnostic(
      .error, message, advice: advice, in: expression.source, at: expression.location(at: offset),
      length: length)
    let isKnown = diagnostics.contains { $0.location == diagnostic.location && $0.file == diagnostic.file }
    if !isKnown { diagnostics.append(diagnostic) }
  }
}
