// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is built in the Swift 6 language mode, names each module it uses, and has no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: strict)
}

let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
  name: "parley",
  products: [
    .executable(name: "parley", targets: ["parley"]),
    .library(name: "MailAddress", targets: ["MailAddress"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    // Pure: these decide. No input or output, clock, randomness or C.
    library("Failures"),
    library("MailAddress"),
    library("SMTPWire", ["Failures"]),
    library("SASL", ["Failures", "SMTPWire"]),
    library("SMTPSession", ["Failures", "SMTPWire", "SASL"]),
    library("Dialogue", ["Failures", "SMTPWire", "SASL"]),
    library("Diagnosis", ["Failures", "SMTPWire", "SASL", "SMTPSession", "Dialogue"]),
    library("MTACore", ["SMTPWire", "SASL", "SMTPSession"]),
    library(
      "Workbench", ["Failures", "MailAddress", "SMTPWire", "SASL", "SMTPSession", "Dialogue", "Diagnosis"]),

    // C libraries, made visible.
    .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .systemLibrary(name: "CIDN2", providers: [.apt(["libidn2-dev"])]),
    .systemLibrary(name: "CResolver"),
    .target(name: "CTermGuard"),
    .target(name: "CSecretGuard"),

    // Effects: these do.
    library("TLSEngine", ["Failures", "COpenSSL"]),
    library("IDNAEngine", ["MailAddress", "CIDN2"]),
    library("Network", ["Failures", "TLSEngine", "CResolver"] + nio),
    library(
      "SMTPClient", ["Failures", "SMTPWire", "SASL", "SMTPSession", "Dialogue", "Network", "TLSEngine", "CSecretGuard"]),
    library(
      "Sessions", ["Failures", "SMTPWire", "SASL", "SMTPSession", "Dialogue", "SMTPClient", "Network", "TLSEngine"]),
    library(
      "ReferenceMTA",
      ["Failures", "SMTPWire", "SASL", "SMTPSession", "MTACore", "SMTPClient", "Network", "TLSEngine"]),
    library("CursesTerminal", ["Workbench", "CNcurses", "CTermGuard"]),
    .executableTarget(
      name: "parley",
      dependencies: [
        "Failures", "MailAddress", "SMTPWire", "SASL", "SMTPSession", "Dialogue", "Diagnosis", "MTACore", "Workbench",
        "TLSEngine", "IDNAEngine", "Network", "SMTPClient", "Sessions", "ReferenceMTA", "CursesTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What several test targets share: peers that do as they are told.
    .target(
      name: "TestPeers", dependencies: ["SMTPWire", "SASL", "Dialogue", "Network", "TLSEngine"],
      path: "Tests/TestPeers",
      swiftSettings: strict),
    tests("Failures", []),
    tests("MailAddress", []),
    tests("SMTPWire", ["Failures"]),
    tests("SASL", ["Failures", "SMTPWire", "TLSEngine", "TestPeers"]),
    tests("SMTPSession", ["Failures", "SMTPWire", "SASL", "TLSEngine", "TestPeers"]),
    tests("Dialogue", ["Failures", "SMTPWire", "SASL"], exclude: ["Convert/Samples"]),
    tests("Diagnosis", ["Failures", "SMTPWire", "SASL", "SMTPSession", "Dialogue"]),
    tests("MTACore", ["SMTPWire", "SASL", "SMTPSession", "MailAddress"]),
    tests(
      "Workbench",
      [
        "Failures", "SMTPWire", "SASL", "SMTPSession", "Dialogue", "Diagnosis", "MailAddress", "IDNAEngine",
        "SMTPClient",
        "Sessions",
      ],
      exclude: ["Golden"]),
    tests("TLSEngine", ["Failures"]),
    tests("IDNAEngine", ["MailAddress"]),
    tests("Network", ["Failures", "TLSEngine"]),
    tests(
      "SMTPClient",
      ["Failures", "SMTPWire", "SASL", "SMTPSession", "Dialogue", "Network", "TLSEngine", "TestPeers"]),
    tests(
      "Sessions",
      ["Failures", "SMTPWire", "SASL", "SMTPSession", "SMTPClient", "Dialogue", "Network", "TLSEngine", "TestPeers"]),
    tests("ReferenceMTA", ["Failures", "SMTPWire", "SASL", "SMTPSession", "MTACore", "Network", "TLSEngine"]),
    tests("parley", [.product(name: "ArgumentParser", package: "swift-argument-parser")], exclude: ["Fixtures"]),
  ]
)
