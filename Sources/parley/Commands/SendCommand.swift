import ArgumentParser
import Dialogue
import Failures
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions
import TLSEngine

/// `parley send`: one message, with swaks's option names.
struct SendCommand: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", _superCommandName: "parley", abstract: "Sends one message and shows the session.",
    discussion: "Option names are those of swaks. Without --server the message goes to the bundled reference MTA.")

  @Option(name: [.short, .long], help: ArgumentHelp("The server.", valueName: "host[:port]"))
  var server: String?

  @Option(name: [.short, .long], help: "The server's port.")
  var port: Int?

  @Option(
    name: [.short, .long], parsing: .singleValue,
    help: ArgumentHelp("A recipient; several with commas or by repeating.", valueName: "a,b"))
  var to: [String]

  @Option(name: [.short, .long], help: "The envelope's sender; empty or <> for the null path.")
  var from: String?

  @Option(name: [.short, .long], help: ArgumentHelp("The whole message.", valueName: "@file|-|text"))
  var data: String?

  @Option(help: ArgumentHelp("The message's body.", valueName: "@file|-|text"))
  var body: String?

  @Option(
    name: [.long, .customLong("add-header")], parsing: .singleValue,
    help: ArgumentHelp("A header field.", valueName: "Name: value"))
  var header: [String] = []

  @Option(parsing: .singleValue, help: ArgumentHelp("A file to attach.", valueName: "file"))
  var attach: [String] = []

  @Flag(name: [.long, .customLong("tls", withSingleDash: true)], help: "Require STARTTLS.")
  var tls = false

  @Flag(name: [.long, .customLong("tlso", withSingleDash: true)], help: "Use STARTTLS where it is offered.")
  var tlsOptional = false

  @Flag(name: [.long, .customLong("tlsc", withSingleDash: true)], help: "TLS from the first byte.")
  var tlsOnConnect = false

  @Option(name: [.short, .long], defaultAsFlag: "", help: "Log in, by this mechanism or the best in common.")
  var auth: String?

  @Flag(help: "Let the password go over a connection without TLS.")
  var allowPlaintextAuth = false

  @Flag(help: "Try the mechanism of --auth though the server does not offer it.")
  var forceAuth = false

  @Option(
    help: ArgumentHelp("When to report on the recipients: NEVER, or SUCCESS, FAILURE, DELAY (DSN).", valueName: "list"))
  var notify: String?

  @Option(help: ArgumentHelp("How much of the message a report holds: FULL or HDRS (DSN).", valueName: "part"))
  var ret: String?

  @Option(help: ArgumentHelp("A name for the message that reports repeat (DSN).", valueName: "text"))
  var envid: String?

  @Option(
    help: ArgumentHelp("The recipient's original address for reports, [TYPE;]ADDRESS (DSN).", valueName: "address"))
  var orcpt: String?

  @Flag(help: "Have the message refused rather than passed on without TLS (REQUIRETLS).")
  var requiretls = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A further parameter of MAIL, as it is: MT-PRIORITY=3, HOLDFOR=3600 …", valueName: "word"))
  var mailParameter: [String] = []

  @Option(parsing: .singleValue, help: ArgumentHelp("A further parameter of RCPT, as it is.", valueName: "word"))
  var rcptParameter: [String] = []

  @Option(help: ArgumentHelp("Declare an internationalized message: auto, always or never.", valueName: "when"))
  var smtputf8: String?

  @Flag(help: "Send what the server does not offer: parameters, UTF-8, 8-bit text, long lines.")
  var ignoreOffer = false

  @Option(name: [.short, .long], help: "Say QUIT after this step: \(SubmissionPlan.Stop.list).")
  var quitAfter: String?

  @Option(help: "Close without a word after this step.")
  var dropAfter: String?

  @Flag(help: "Send DATA together with MAIL and RCPT where PIPELINING is offered.")
  var pipeline = false

  @Flag(help: "Speak LMTP.")
  var lmtp = false

  @Flag(help: "Print nothing but failures.")
  var silent = false

  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Login") var login: CredentialOptions

  func validate() throws {
    if [tls, tlsOptional, tlsOnConnect].count(where: { $0 }) > 1 {
      throw ValidationError("--tls, --tls-optional and --tls-on-connect exclude each other")
    }
    for address in recipients + [sender] {
      if let fault = EnvelopePath.fault(in: address) {
        throw ValidationError("address \(OctetText.readable(Array(address.utf8))): \(fault)")
      }
    }
    for field in header {
      if let fault = MessageComposer.fault(inField: field) { throw ValidationError("--header: \(fault)") }
    }
    for (name, step) in [("--quit-after", quitAfter), ("--drop-after", dropAfter)] {
      if let step, SubmissionPlan.Stop(swaksName: step) == nil {
        throw ValidationError("\(name): expected one of \(SubmissionPlan.Stop.list)")
      }
    }
    try validateEnvelope()
    if forceAuth, auth?.isEmpty != false { throw ValidationError("--force-auth: needs --auth MECHANISM") }
    if let port, !(1...65_535).contains(port) { throw ValidationError("--port: expected a number from 1 to 65535") }
  }

  func perform() async throws {
    var reference: ReferenceServer?
    defer { reference?.stop() }
    let destination = try await Destination.open(
      server ?? login.namedProfile()?.target, port: port, onConnect: tlsOnConnect, lmtp: lmtp, reference: &reference)
    let (plan, message) = try await prepare(destination)
    let form: EventPrinter.Form = silent ? .none : connection.json ? .json : .dialogue
    let output = try SessionOutput(target: destination.target, options: connection, form: form)
    var options = connection.conversationOptions(authority: destination.authority)
    options.onUnfinishedLine = output.unfinishedSink
    options.timeouts.total = options.timeouts.total ?? .seconds(connection.timeout.map { $0 * 3.5 } ?? 3_600)
    let runner = SubmissionRunner(
      plan: plan, message: message, target: destination.target, options: options, sink: output.sink)
    let outcome: SubmissionOutcome
    do {
      outcome = try await runner.run()
    } catch {
      throw Output.failure(.fileUnreadable, error.words)
    }
    try finish(outcome, destination.target, output)
  }

  private func finish(_ outcome: SubmissionOutcome, _ target: Target, _ output: SessionOutput) throws {
    if connection.json, !silent { Output.write(ResultJSON.submission(outcome)) }
    guard let failure = outcome.failure else { return try output.finishRecording() }
    let status = FailureReport.tell(failure, target: target)
    try output.finishRecording()
    throw status
  }

  private func prepare(_ destination: Destination) async throws -> (SubmissionPlan, MessageSource) {
    var plan = SubmissionPlan(greetingName: connection.greetingName, envelope: envelope)
    plan.isLMTP = lmtp || destination.target.scheme == .lmtp
    // RFC 8314 §3.3: submission on port 587 is by STARTTLS.
    let requiresTLS = tls || (destination.target.port == 587 && !tlsOptional)
    plan.tls =
      destination.target.scheme == .smtps ? .onConnect : requiresTLS ? .required : tlsOptional ? .ifOffered : .never
    plan.allowsPlaintextAuth = allowPlaintextAuth
    plan.forcesMechanism = forceAuth
    plan.quitAfter = quitAfter.flatMap(SubmissionPlan.Stop.init(swaksName:))
    plan.dropAfter = dropAfter.flatMap(SubmissionPlan.Stop.init(swaksName:))
    if try auth != nil || login.authUser != nil || login.namedProfile()?.user != nil {
      guard let credentials = try login.credentials(host: destination.target.host) ?? destination.credentials else {
        throw ValidationError("--auth: no user is known; give --auth-user or an entry in ~/.netrc")
      }
      plan.auth = .required(mechanism: auth.flatMap { $0.isEmpty ? nil : $0 }, credentials)
    }
    let message = try source()
    do {
      plan.envelope.message = try await message.traits()
    } catch let failure as MessageFailure {
      throw Output.failure(.fileUnreadable, failure.words)
    }
    return (plan, message)
  }

  /// An address as it stands in the header.
  private func header(_ path: SubmissionEnvelope.Path) -> String {
    envelope.smtputf8 == .always ? path.text : path.ascii ?? path.text
  }

  var recipients: [String] {
    to.flatMap { Self.addresses($0) }
  }

  var sender: String {
    guard let from else { return "\(login.authUser ?? "parley")@\(connection.greetingName)".replacingQualified }
    return from == "<>" ? "" : from
  }

  /// The addresses of a list; a comma between quotes belongs to its address.
  private static func addresses(_ list: String) -> [String] {
    var found = [""]
    var isQuoted = false
    for character in list.unicodeScalars {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted {
        found.append("")
      } else {
        found[found.count - 1].unicodeScalars.append(character)
      }
    }
    return found.map { $0.trimmingBlanks }.filter { !$0.isEmpty }
  }

  private func source() throws -> MessageSource {
    if let data {
      if data.hasPrefix("@") { return try InputFile.message(String(data.dropFirst())) }
      if data == "-" { return .octets(try InputFile.read("-")) }
      return .octets(Array(data.unescapingLineBreaks.utf8))
    }
    var composer = MessageComposer(
      sender: header(envelope.sender), recipients: envelope.recipients.map(header), date: CalendarTime.now.messageDate,
      token: randomBytes(8).map { String($0, radix: 16) }.joined(), hostName: connection.greetingName)
    composer.fields = header
    composer.keepsUTF8Fields = envelope.smtputf8 == .always
    if let body { composer.body = try text(body) }
    composer.attachments = try attach.map { path in
      .init(name: path.split(separator: "/").last.map(String.init) ?? path, octets: try InputFile.read(path))
    }
    return .octets(composer.compose())
  }

  private func text(_ argument: String) throws -> String {
    if argument.hasPrefix("@") {
      return String(decoding: try InputFile.read(String(argument.dropFirst())), as: UTF8.self)
    }
    if argument == "-" { return String(decoding: try InputFile.read("-"), as: UTF8.self) }
    return argument.unescapingLineBreaks
  }
}

extension String {
  /// The text with `\n` written out made a line break, as swaks does.
  fileprivate var unescapingLineBreaks: String {
    split(separator: "\\n", omittingEmptySubsequences: false).joined(separator: "\n")
  }

  /// An address whose user name brought a domain of its own keeps that one.
  fileprivate var replacingQualified: String {
    let parts = split(separator: "@")
    return parts.count > 2 ? parts.dropLast().joined(separator: "@") : self
  }
}

extension SubmissionPlan.Stop {
  /// The steps' names for a help text.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// A step by swaks's names for it, in any case.
  init?(swaksName name: String) {
    switch name.lowercased() {
    case "first-ehlo", "first-helo", "helo": self = .ehlo
    case "from": self = .mail
    case "to": self = .rcpt
    case "banner", "greeting": self = .banner
    case let name: self.init(rawValue: name)
    }
  }
}
