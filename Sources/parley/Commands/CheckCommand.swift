import ArgumentParser
import Failures
import Glibc
import MailAddress
import Network

/// `parley check`: judges the syntax of addresses, and of header fields that hold them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "parley", abstract: "Judges the syntax of addresses.",
    discussion: """
      Without an ADDRESS or --file, addresses are read from standard input, one a line. Each is judged by RFC 5321 \
      (smtp), RFC 5322 (header) and RFC 6531 (eai) at once; --profile says which verdict decides the exit status: \
      0 all valid (warnings are valid), 1 some invalid.

      --header takes whole fields or lists of addresses, folded lines among them; an empty line ends a field \
      and is none itself. Offsets count from behind the field's colon. PARLEY_DNS=ADDRESS[:PORT] names the server that --mx asks (IPv4).
      """)

  @Argument(help: "Addresses; put -- before one that starts with a hyphen.") var addresses: [String] = []
  @Option(
    name: .customLong("file"),
    help: ArgumentHelp("A file with one address a line; - is standard input.", valueName: "file"))
  var files: [String] = []
  @Flag(help: "Print one JSON object a line.") var json = false
  @Flag(help: "Read \\r \\n \\t \\0 \\\\ \\xHH and \\u{H} in each address as escapes.") var escaped = false
  @Option(help: "smtp, header, eai or eai-header; smtp unless --header is given.") var profile: CheckProfile?
  @Flag(help: "Judge header fields, or the lists in them.") var header = false
  @Flag(help: "With --header: find the addresses in a list that is invalid, and say what was forgiven.") var recover =
    false
  @Flag(help: "Show the parts of each address.") var tree = false
  @Flag(help: "Ask DNS where the domain's mail goes; this changes no verdict.") var mx = false
  @Option(help: "Seconds that --mx waits for a domain, 1 to 600.") var mxTimeout = 5
  @Flag(help: "Name the addresses that a likely typing mistake was meant to be.") var suggest = false
  @Flag(help: "Refuse domains without a dot.") var requireDot = false
  @Flag(help: "Refuse domains in square brackets.") var refuseLiterals = false
  @Flag(help: "Refuse quoted local parts.") var refuseQuoted = false
  @Flag(help: "Refuse domains reserved for special use.") var refuseSpecialUse = false

  func validate() throws {
    if recover && !header { throw ValidationError("--recover is for --header") }
    if header, let option = optionForAddresses { throw ValidationError("\(option) is not for --header") }
    if !(1...600).contains(mxTimeout) { throw ValidationError("--mx-timeout: expected 1 to 600 seconds") }
    if mx && resolver == nil { throw ValidationError("PARLEY_DNS: expected an IPv4 address, or ADDRESS:PORT") }
  }

  /// An option given that only addresses have.
  private var optionForAddresses: String? {
    let given = [
      ("--tree", tree), ("--mx", mx), ("--suggest", suggest), ("--require-dot", requireDot),
      ("--refuse-literals", refuseLiterals), ("--refuse-quoted", refuseQuoted),
      ("--refuse-special-use", refuseSpecialUse),
    ]
    return given.first { $0.1 }?.0
  }

  private var resolver: DNSMailResolver? {
    DNSMailResolver(server: getenv("PARLEY_DNS").map { String(cString: $0) }, timeout: mxTimeout)
  }

  private var policy: AddressPolicy {
    var policy = AddressPolicy()
    policy.requiresDot = requireDot
    policy.refusesLiterals = refuseLiterals
    policy.refusesQuoted = refuseQuoted
    policy.refusesSpecialUse = refuseSpecialUse
    return policy
  }

  func run() throws {
    let isInvalid =
      if header {
        try judge(
          with: CheckFieldRunner(
            profile: (profile ?? .header).profile, isJSON: json, isEscaped: escaped, recovers: recover))
      } else {
        try judge(with: addressRunner)
      }
    if isInvalid { throw ExitStatus.unmet.exitCode }
  }

  private var addressRunner: CheckAddressRunner {
    let profile = (profile ?? .smtp).profile
    var worker = CheckAddressWorker(profile: profile, policy: policy, isJSON: json, isEscaped: escaped)
    worker.showsTree = tree
    if suggest { worker.suggester = DomainSuggester() }
    var runner = CheckAddressRunner(profile: profile, worker: worker)
    if mx { runner.mailRoutes = resolver.map(CheckMailRoutes.init) }
    return runner
  }

  /// Judges everything that was given; whether something was invalid.
  private func judge(with runner: some CheckRunner) throws -> Bool {
    var runner = runner
    for address in CheckArguments.octets(of: addresses) { try runner.take(argument: address) }
    for file in addresses.isEmpty && files.isEmpty ? ["-"] : files {
      try CheckInput.read(file, into: &runner)
    }
    try runner.finish()
    return runner.isInvalid
  }
}

/// What takes lines, judges them and writes what was found.
protocol CheckRunner {
  /// Whether something was invalid.
  var isInvalid: Bool { get }
  /// Takes an address or a field that was given as an argument: all of it, also when it is empty.
  mutating func take(argument: [UInt8]) throws
  /// Takes a line without its end; `isTruncated` says that only its first octets are there.
  mutating func take(_ line: Span<UInt8>, isTruncated: Bool) throws
  /// Takes many lines, all of which end.
  mutating func take(lines: Span<UInt8>) throws
  /// A file has ended: the next line starts anew.
  mutating func endItem() throws
  /// Writes what is still kept, where nobody is to wait for it.
  mutating func flush() throws
  /// Everything has been taken.
  mutating func finish() throws
}

extension CheckRunner {
  mutating func take(lines: Span<UInt8>) throws { try takeEach(of: lines) }

  /// Takes lines one after the other.
  mutating func takeEach(of lines: Span<UInt8>) throws {
    var reader = AddressLineReader()
    try reader.feed(lines) { try take($0, isTruncated: $1) }
  }
}

/// Arguments as the octets that were typed.
enum CheckArguments {
  /// The octets of each argument. Where a text holds U+FFFD, it may stand for octets that are no UTF-8: those are taken
  /// from the process's own arguments.
  static func octets(of texts: [String]) -> [[UInt8]] {
    guard texts.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { return texts.map { Array($0.utf8) } }
    var typed: [String: [[UInt8]]] = [:]
    for index in 0..<Int(CommandLine.argc) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      let octets = UnsafeBufferPointer(start: argument, count: strlen(argument)).map { UInt8(bitPattern: $0) }
      typed[String(decoding: octets, as: UTF8.self), default: []].append(octets)
    }
    // The same text may stand for several arguments; they come in their order.
    return texts.map { text in
      guard var known = typed[text], !known.isEmpty else { return Array(text.utf8) }
      defer { typed[text] = known }
      return known.removeFirst()
    }
  }
}

/// The verdict that decides, by its name.
enum CheckProfile: String, CaseIterable, ExpressibleByArgument {
  case smtp, header, eai
  case eaiHeader = "eai-header"

  /// What the library calls it.
  var profile: AddressProfile {
    switch self {
    case .smtp: .smtp
    case .header: .header
    case .eai: .eai
    case .eaiHeader: .eaiHeader
    }
  }
}
