// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every Swift target: what the compiler can prove is not left to review.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

// SwiftPM warns of the flag -pthread in re2.pc, and on Linux RE2 is where the compiler looks anyway.
#if os(macOS)
  let re2PkgConfig: String? = "re2"
#else
  let re2PkgConfig: String? = nil
#endif

let package = Package(
  name: "tokenreeve",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "tokenreeve", targets: ["tokenreeve"]),
    .library(name: "CEL", targets: ["CEL"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // The C libraries.
    .target(name: "CForwarding"),
    .target(
      name: "CLibcurl", dependencies: ["CForwarding"],
      linkerSettings: [.linkedLibrary("curl", .when(platforms: [.macOS]))]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .target(name: "CXMLWriter", dependencies: ["CForwarding", "CLibXML2"]),
    .systemLibrary(
      name: "CLibRE2", pkgConfig: re2PkgConfig,
      providers: [.apt(["libre2-dev"]), .brew(["re2"])]),
    .target(name: "CRE2", dependencies: ["CLibRE2"], linkerSettings: [.linkedLibrary("re2")]),

    // The flow, in its order.
    .target(name: "Files", swiftSettings: strict),
    .target(name: "HTTPTransport", dependencies: ["CLibcurl"], swiftSettings: strict),
    .target(name: "XMLWriting", dependencies: ["CXMLWriter"], swiftSettings: strict),
    .target(name: "CEL", dependencies: ["CRE2", "Files"], swiftSettings: strict),
    .target(
      name: "Inventory", dependencies: ["Files", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict, plugins: ["EmbedFiles"]),
    .target(name: "AdminHub", dependencies: ["Inventory", "HTTPTransport"], swiftSettings: strict),
    .target(
      name: "AdminHubSandbox",
      dependencies: [
        "Inventory", .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      swiftSettings: strict),
    .target(name: "YAML", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: strict),
    .target(
      name: "Policy",
      dependencies: ["CEL", "Inventory", "YAML"],
      swiftSettings: strict, plugins: ["EmbedFiles"]),
    .target(name: "Audit", dependencies: ["CEL", "Inventory", "Policy"], swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: [
        "Audit", "Files", "Inventory", "Policy", "XMLWriting", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      exclude: ["HTML/Templates"], swiftSettings: strict, plugins: ["EmbedFiles"]),
    .target(
      name: "Commands",
      dependencies: [
        "AdminHub", "AdminHubSandbox", "Audit", "CEL", "Files", "HTTPTransport", "Inventory", "Policy", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    // The standard's conformance cases, run against CEL.
    .target(name: "CELConformance", dependencies: ["CEL"], swiftSettings: strict),
    .executableTarget(
      name: "cel-conformance",
      dependencies: ["CELConformance", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),

    .executableTarget(name: "tokenreeve", dependencies: ["Commands"], swiftSettings: strict),

    // Measures the expression language; see scripts/bench.
    .executableTarget(name: "cel-benchmark", dependencies: ["CEL"], swiftSettings: strict),

    // Measures the writing of reports; see scripts/bench.
    .executableTarget(
      name: "report-benchmark", dependencies: ["Audit", "Files", "Inventory", "Policy", "Reporting"],
      swiftSettings: strict),

    // Writes the organization that the audit is measured on; see scripts/bench.
    .executableTarget(
      name: "benchmark-organization", dependencies: ["AdminHubSandbox", "Files", "Inventory"], swiftSettings: strict),

    // What has to hold of the language for any input: for the tests, and for `make fuzz`.
    .target(name: "CELFuzzing", dependencies: ["CEL"], path: "Fuzzing/CELFuzzing", swiftSettings: strict),

    // Built-in policies and rules, and the templates of reports, from their files into the binary.
    .executableTarget(name: "embed-files", dependencies: ["YAML"], swiftSettings: strict),
    .plugin(
      name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"], path: "Sources/EmbedFilesPlugin"),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files"], swiftSettings: strict),
    .testTarget(
      name: "HTTPTransportTests",
      dependencies: ["TestSupport", "HTTPTransport", .product(name: "FlyingFox", package: "FlyingFox")],
      swiftSettings: strict),
    .testTarget(name: "XMLWritingTests", dependencies: ["TestSupport", "XMLWriting"], swiftSettings: strict),
    .testTarget(
      name: "CELTests", dependencies: ["TestSupport", "CEL", "CELConformance", "CELFuzzing"], swiftSettings: strict),
    .testTarget(name: "InventoryTests", dependencies: ["TestSupport", "Inventory"], swiftSettings: strict),
    .testTarget(
      name: "AdminHubTests", dependencies: ["TestSupport", "AdminHub", "AdminHubSandbox"], swiftSettings: strict),
    .testTarget(name: "AdminHubSandboxTests", dependencies: ["TestSupport", "AdminHubSandbox"], swiftSettings: strict),
    .testTarget(name: "YAMLTests", dependencies: ["TestSupport", "YAML"], swiftSettings: strict),
    .testTarget(
      name: "PolicyTests", dependencies: ["TestSupport", "Inventory", "Policy", "YAML"], swiftSettings: strict),
    .testTarget(
      name: "AuditTests", dependencies: ["TestSupport", "Audit", "Inventory", "Policy"], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "TestSupport", "Reporting", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(name: "CommandsTests", dependencies: ["TestSupport", "Commands", "tokenreeve"], swiftSettings: strict),
  ]
)

// libFuzzer brings their `main`, so nothing else links them; see scripts/fuzz. Nor is anything else there then: the tools
// that the build itself runs would be linked with two.
if Context.environment["TOKENREEVE_FUZZING"] != nil {
  (package.products, package.dependencies) = ([], [])
  package.targets.removeAll { !["CLibRE2", "CRE2", "Files", "CEL", "CELFuzzing"].contains($0.name) }
  package.targets += ["fuzz-cel-parsing", "fuzz-cel-evaluation"].map {
    .executableTarget(name: $0, dependencies: ["CELFuzzing"], path: "Fuzzing/\($0)", swiftSettings: strict)
  }
}
