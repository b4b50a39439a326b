import ArgumentParser
import Dispatch
import Glibc
import MTACore
import ReferenceMTA
import SMTPSession

/// `parley mta run`: serves in the foreground.
struct MTARunCommand: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Serves until SIGTERM or SIGINT.",
    discussion: """
      Accepts mail for example.com and example.org; users alice (wonderland) and bob (builder); STARTTLS with a \
      certificate of its own test CA, whose path it prints. Listens on loopback unless told otherwise.
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

  func perform() async throws {
    let listeners = try (listen.isEmpty ? ["smtp://127.0.0.1:2525"] : listen).map(Self.listener)
    var options = ReferenceMTAOptions(listeners: listeners, log: log.map { .file($0) } ?? .stderr, portFile: portFile)
    if let state { options.state = state }
    let runner = ReferenceMTARunner(options)
    do throws(ReferenceMTAFailure) {
      let ports = try await runner.start()
      for port in ports.ports { Output.diagnostic("parley: \(port.name) on \(port.host):\(port.port)") }
      Output.diagnostic("parley: certificate authority \(ports.authority)")
    } catch {
      Output.diagnostic("parley: error [\(error.name)]: \(error.words)")
      throw ExitStatus.unavailable.exitCode
    }
    let signals = SignalSources([SIGTERM, SIGINT, SIGHUP])
    async let serving: Void = runner.run()
    while await signals.next() == SIGHUP { runner.reload(options.configuration) }
    await runner.stop()
    await serving
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
