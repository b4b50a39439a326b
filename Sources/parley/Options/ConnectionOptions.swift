import ArgumentParser
import Failures
import Glibc
import SMTPClient
import SMTPSession
import TLSEngine

/// The options that every command which connects has.
struct ConnectionOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("Wait at most so long for each answer.", valueName: "seconds"))
  var timeout: Double?

  @Option(
    help: ArgumentHelp(
      "Wait at most so long for a whole session. parley send has a bound in any case: 3.5 times --timeout, or an hour.",
      valueName: "seconds"))
  var totalTimeout: Double?

  @Option(
    name: [.customLong("tls-ca-path"), .customLong("tls-ca")],
    help: "A PEM file or a directory of certificates to trust.")
  var tlsCAPath: String?

  @Option(help: "A PEM file with our own certificate.")
  var tlsCert: String?

  @Option(help: "A PEM file with our certificate's key; the certificate's file when left out.")
  var tlsKey: String?

  @Option(help: "The name to ask for (SNI) and to find in the certificate.")
  var tlsSni: String?

  @Flag(help: "Go on with a certificate that cannot be verified.")
  var insecure = false

  @Option(name: [.long, .customLong("helo")], help: "The name to give with EHLO.")
  var ehlo: String?

  @Option(help: ArgumentHelp("Record the session to a dialogue file.", valueName: "file"))
  var record: String?

  @Flag(help: "Record of a long message its first 4096 octets, and of the rest the SHA-256 and the size.")
  var elideData = false

  @Flag(help: "Print JSON Lines.")
  var json = false

  func validate() throws {
    for (name, value) in [("--timeout", timeout), ("--total-timeout", totalTimeout)] {
      if let value, !(value > 0 && value <= 86_400) {
        throw ValidationError("\(name): expected seconds, more than 0 and at most 86400")
      }
    }
    if elideData, record == nil { throw ValidationError("--elide-data: give --record, it is about what is recorded") }
    if let ehlo, let reason = Self.fault(inWord: ehlo) { throw ValidationError("--ehlo: \(reason)") }
  }

  /// Why a word cannot stand in a command; nil when it can.
  static func fault(inWord word: String) -> String? {
    if word.isEmpty { return "expected a name" }
    let isBad = word.unicodeScalars.contains { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
    return isBad ? "blanks and control characters cannot stand in it" : nil
  }

  /// The name to give with EHLO: the option, else this machine's.
  var greetingName: String { ehlo ?? LocalName.greeting }

  /// The choices for a conversation, with a certificate authority to trust where the option names none.
  func conversationOptions(authority: String? = nil) -> ConversationOptions {
    var tls = TLSConfiguration.client(trust: trust(authority))
    if let tlsCert { tls.identity = TLSIdentity(certificateFile: tlsCert, keyFile: tlsKey ?? tlsCert) }
    tls.keyLogFile = getenv("SSLKEYLOGFILE").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    if let path = tls.keyLogFile { ExposureWarning.tell(path) }
    let insecure = insecure
    var options = ConversationOptions(timeouts: timeouts, tls: tls) { _, _ in insecure }
    options.tlsName = tlsSni
    return options
  }

  /// The deadlines: the RFC's, or one for all; and one for the session where it is given.
  var timeouts: SMTPTimeouts {
    var timeouts = timeout.map { SMTPTimeouts(all: .seconds($0)) } ?? SMTPTimeouts()
    timeouts.total = totalTimeout.map { .seconds($0) }
    return timeouts
  }

  private func trust(_ authority: String?) -> TLSTrust {
    guard let path = tlsCAPath ?? authority else { return .system }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? .directory(path) : .file(path)
  }
}
