import ArgumentParser
import Failures
import Glibc
import SASL
import SMTPClient
import SMTPSession
import SMTPWire

/// `parley auth MECHANISM`: the lines of a login, and the answers to challenges.
struct AuthBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "The lines of a login by a mechanism, ready to paste, and the answers to challenges.",
    discussion: "Mechanisms: \(SASLClientMechanisms.names.joined(separator: " ").lowercased()).")

  @Argument(help: "The mechanism; the word `build` may be left out.") var mechanism: String
  @Argument(help: "The user; the password or token is asked for.") var user: String?
  @OptionGroup var login: CredentialOptions

  @Option(help: ArgumentHelp("A challenge of the server's; once for each, in order.", valueName: "base64"))
  var challenge: [String] = []
  @Option(help: "The client's nonce of SCRAM's first line or for DIGEST-MD5, to go on with a login.") var nonce: String?
  @Option(help: "The server's name: DIGEST-MD5 and OAUTHBEARER say it; user and password are looked up by it.")
  var host: String?
  @Option(help: "The server's port: OAUTHBEARER says it.") var port: Int?
  @Option(help: "The realm of DIGEST-MD5 or the domain of NTLM, where it is not the server's own.") var realm: String?
  @Option(help: ArgumentHelp("The channel binding of a -PLUS mechanism: tls-exporter=HEX or tls-server-end-point=HEX."))
  var binding: String?
  @Flag(help: "Send the user's name with AUTH LOGIN itself.") var initial = false
  @Flag(help: "Name the parts of each line, too; on a terminal that is done anyway.") var fields = false
  @Flag(help: "Show secrets among the parts.") var show = false
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let name = mechanism.uppercased()
    guard SASLClientMechanisms.names.contains(name) else {
      throw ValidationError(
        "\(mechanism): no such mechanism; there are \(SASLClientMechanisms.names.joined(separator: " "))")
    }
    if name.hasPrefix("SCRAM-"), !challenge.isEmpty, nonce == nil {
      throw ValidationError("--challenge with SCRAM needs --nonce, the r= of the line that the server answered")
    }
    let credentials = try credentials(name)
    if let flaw = SASLClientMechanisms.flaw(name, credentials) { throw Output.failure(.authUnusableCredentials, flaw) }
    guard let client = SASLClientMechanisms.make(name, credentials, try context()) else {
      throw ValidationError("\(name) needs --binding")
    }
    var lines = SASLLoginLines(client)
    try answer(&lines)
    present(lines, credentials)
  }

  private func credentials(_ name: String) throws -> Credentials {
    let entry = SASLMechanismTable.entry(name)
    let isQuiet = entry?.needsUser == false
    let isFirst = challenge.isEmpty && entry?.awaitsChallenge == true
    var options = login
    options.authUser = options.authUser ?? user ?? (isQuiet ? "" : nil)
    guard var credentials = try options.credentials(host: try serverName() ?? "", asksPassword: !isQuiet && !isFirst)
    else {
      throw ValidationError("expected a user: parley auth \(mechanism) alice")
    }
    credentials.realm = realm ?? ""
    if !isQuiet, credentials.user.isEmpty { throw Output.failure(.authUnusableCredentials, "the user's name is empty") }
    if !isQuiet, !isFirst, credentials.password.isEmpty, credentials.token?.isEmpty != false {
      throw Output.failure(.authUnusableCredentials, "the password is empty (RFC 4616 §2)")
    }
    return credentials
  }

  /// The server's name: the option, else the one that the profile's target has.
  private func serverName() throws -> String? {
    try host ?? login.namedProfile()?.target.flatMap { try? Target($0).host }
  }

  private func context() throws -> SASLContext {
    var context = SASLContext(digests: .openSSL)
    let anyHost = mechanism.uppercased() == "OAUTHBEARER" ? "" : "localhost"
    (context.host, context.port, context.loginSendsUser) = (try serverName() ?? anyHost, port ?? 0, initial)
    context.unixTime = time(nil)
    context.nonce = nonce.map { Array($0.utf8) }
    guard let binding else { return context }
    let parts = binding.split(separator: "=", maxSplits: 1)
    let digits = parts.last.map { $0.utf8.compactMap(\.hexadecimalValue) } ?? []
    guard parts.count == 2, digits.count == parts[1].utf8.count, digits.count % 2 == 0, !digits.isEmpty else {
      throw ValidationError("--binding: expected tls-exporter=HEX or tls-server-end-point=HEX")
    }
    let octets = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    switch parts[0] {
    case "tls-exporter": context.bindings.exporter = octets
    case "tls-server-end-point": context.bindings.serverEndPoint = octets
    default: throw ValidationError("--binding: \(parts[0]) is not known; tls-exporter and tls-server-end-point are")
    }
    return context
  }

  private func answer(_ lines: inout SASLLoginLines) throws {
    for (index, text) in challenge.enumerated() {
      // A line may be pasted with its 334.
      let word = text.split(separator: " ").last.map(String.init) ?? ""
      guard let octets = try? Base64.decode(Array(word.utf8)) else {
        throw Output.failure(.authBadBase64, "--challenge \(index + 1)\(Self.fault(word))")
      }
      // Here the challenge is the user's input and no server's.
      if let problem = lines.respond(to: octets) {
        throw Output.failure(.authBadChallenge, problem, status: .badInput)
      }
    }
    if challenge.isEmpty { lines.answerPrompts() }
  }

  /// Where a string is not base64.
  private static func fault(_ word: String) -> String {
    do throws(SASLStringDecoder.Failure) {
      _ = try SASLStringDecoder("334 " + word)
      return " is not base64"
    } catch {
      return ", column \(error.offset - 3): \(error.message)"
    }
  }

  private func present(_ lines: SASLLoginLines, _ credentials: Credentials) {
    let printed = challenge.isEmpty ? lines.first : lines.answers
    let entries = SASLExchangeDecoder(lines.transcript.joined(separator: "\n"), now: time(nil)).entries
    if json {
      return Output.write(
        AuthText.object(
          lines: printed, mechanism: lines.client.name, user: credentials.user, parts: entries, show: show))
    }
    Output.line(printed.joined(separator: "\n"))
    if fields || isatty(STDOUT_FILENO) == 1 { Output.write(AuthText.table(entries, show: show)) }
    if lines.client.isComplete, lines.answers.last?.isEmpty == true {
      Output.diagnostic("parley: note: the server's proof is right; the answer is an empty line")
    } else if let next = lines.nextStep {
      Output.diagnostic("parley: note: \(next)")
    }
  }
}

extension SASLLoginLines {
  /// What to do with the server's next words; nil when there are none to wait for.
  var nextStep: String? {
    guard !client.isComplete else { return nil }
    // The client's nonce is in what was sent already; another one would make another login.
    let nonce =
      [("r", 0), ("cnonce", 1)].lazy.compactMap { name, step in own(step).flatMap { Self.value(name, $0) } }
      .first.map { " --nonce '\($0)'" } ?? ""
    if !answers.isEmpty {
      return "what the server sends now behind 334 goes behind this command: \(nonce) --challenge BASE64"
    }
    return "answer what the server sends behind 334 with: parley auth \(client.name.lowercased()) USER"
      + "\(nonce) --challenge BASE64"
  }

  /// What the client says in a step of the login, 0 being AUTH itself.
  private func own(_ step: Int) -> String? {
    let lines = transcript.filter { !$0.hasPrefix("334 ") }
    guard lines.indices.contains(step), let word = lines[step].split(separator: " ").last else { return nil }
    return (try? Base64.decode(Array(word.utf8))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of an attribute, without quotes.
  private static func value(_ name: String, _ message: String) -> String? {
    message.split(separator: ",").first { $0.hasPrefix(name + "=") }.map { part in
      String(part.dropFirst(name.utf8.count + 1)).filter { $0 != "\"" }
    }
  }
}
