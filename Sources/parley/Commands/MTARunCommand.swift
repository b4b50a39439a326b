import ArgumentParser
import Dispatch
import Glibc
import MTACore
import ReferenceMTA
import SASL
import SMTPSession

/// `parley mta run`: serves in the foreground.
struct MTARunCommand: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: "parley mta", abstract: "Serves until SIGTERM or SIGINT.",
    discussion: """
      Accepts mail for example.com and example.org; users alice (wonderland) and bob (builder); STARTTLS with a \
      certificate of its own test CA, whose path it prints. Listens on loopback unless told otherwise. SIGHUP reads the \
      file of users again.
      """)

  @Option(
    parsing: .singleValue, help: ArgumentHelp("Where to listen: smtp://, smtps:// or submission://.", valueName: "url"))
  var listen: [String] = []

  @Option(help: ArgumentHelp("Where mail, certificates and state are kept.", valueName: "dir"))
  var state: String?

  @Option(help: ArgumentHelp("Write NAME HOST PORT a line once it accepts.", valueName: "file"))
  var portFile: String?

  @Option(help: ArgumentHelp("Log to a file instead of standard error.", valueName: "file"))
  var log: String?

  @Option(
    help: ArgumentHelp("Read those who may log in from a file; parley mta user makes its lines.", valueName: "file"))
  var users: String?

  @Option(
    help: ArgumentHelp(
      "The mechanisms of AUTH; without it PLAIN and LOGIN, with --users all that somebody's secret is there for.",
      valueName: "name,name"))
  var mechanisms: String?

  @Option(
    name: .customShort("o"), parsing: .singleValue,
    help: ArgumentHelp("Give a parameter of Postfix's main.cf a value.", valueName: "name=value"))
  var parameters: [String] = []

  func perform() async throws {
    let listeners = try (listen.isEmpty ? ["smtp://127.0.0.1:2525"] : listen).map(Self.listener)
    var options = ReferenceMTAOptions(listeners: listeners, log: log.map { .file($0) } ?? .stderr, portFile: portFile)
    if let state { options.state = state }
    options.configuration = try configuration()
    let runner = ReferenceMTARunner(options)
    do throws(ReferenceMTAFailure) {
      let ports = try await runner.start()
      for port in ports.ports { Output.diagnostic("parley: \(port.name) on \(port.host):\(port.port)") }
      Output.diagnostic("parley: certificate authority \(ports.authority)")
    } catch {
      throw Output.failure(error.name, error.words)
    }
    let signals = SignalSources([SIGTERM, SIGINT, SIGHUP])
    async let serving: Void = runner.run()
    while await signals.next() == SIGHUP {
      // A file that has become unusable leaves the users as they were.
      if let fresh = try? configuration() { runner.reload(fresh) }
    }
    await runner.stop()
    await serving
  }

  private func configuration() throws -> MTAConfiguration {
    var configuration = MTAConfiguration()
    if let users {
      configuration.users = try MTAUserFileReader.read(users)
      configuration.session.mechanisms = MTAUser.mechanisms(for: configuration.users)
    }
    if let mechanisms { configuration.session.mechanisms = try Self.mechanisms(mechanisms) }
    for parameter in parameters { try Self.set(parameter, in: &configuration) }
    return configuration
  }

  private static func mechanisms(_ list: String) throws -> [String] {
    let names = list.uppercased().split { $0 == "," || $0 == " " }.map(String.init)
    let known = SASLServerMechanisms.names
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw ValidationError("--mechanisms \(unknown): expected some of \(known.joined(separator: " "))")
    }
    return names
  }

  private static func set(_ parameter: String, in configuration: inout MTAConfiguration) throws {
    guard let sign = parameter.firstIndex(of: "=") else {
      throw ValidationError("-o \(parameter): expected name=value")
    }
    let name = parameter[..<sign].filter { $0 != " " }
    let value = parameter[parameter.index(after: sign)...].drop { $0 == " " }
    do throws(MTAParameterDiagnostic) {
      try configuration.set(name, to: String(value))
    } catch {
      switch error {
      case .unsupported:
        Output.diagnostic("parley: warning: \(name): this parameter is not supported and counts for nothing")
      case .badValue(let expected): throw ValidationError("-o \(name): expected \(expected), got \"\(value)\"")
      }
    }
  }

  private static func listener(_ text: String) throws -> MTAListener {
    let kinds: [(String, MTAListener.Kind, Int)] = [
      ("smtp://", .smtp, 25), ("smtps://", .smtps, 465), ("submission://", .submission, 587),
    ]
    guard let (scheme, kind, port) = kinds.first(where: { text.hasPrefix($0.0) }) else {
      throw ValidationError("--listen \(text): expected smtp://HOST:PORT, smtps://… or submission://…")
    }
    // Port 0 lets the system pick one, which a target cannot have.
    let rest = String(text.dropFirst(scheme.count))
    if rest.hasSuffix(":0") { return MTAListener(kind, host: host(of: rest.dropLast(2)), port: 0) }
    do {
      let target = try Target(rest, defaultPort: port)
      return MTAListener(kind, host: target.host, port: target.port)
    } catch {
      throw ValidationError("--listen \(text): \(error.message)")
    }
  }

  private static func host(of text: Substring) -> String {
    text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : String(text)
  }
}
