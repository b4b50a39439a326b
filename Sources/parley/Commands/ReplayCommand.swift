import ArgumentParser
import Dialogue
import Failures
import Network
import ReferenceMTA
import SMTPClient
import SMTPSession
import Sessions
import TLSEngine

/// `parley replay`: plays a recording again, as the client or as the server.
struct ReplayCommand: NetworkCommand {
  enum Role: String, ExpressibleByArgument, CaseIterable, Sendable { case client, server }
  enum Pace: String, ExpressibleByArgument, CaseIterable, Sendable { case recorded, fast }

  static let configuration = CommandConfiguration(
    commandName: "replay", _superCommandName: "parley", abstract: "Plays a recording again and compares what comes.",
    discussion: """
      As client, TARGET is the server; the recording's own when left out. As server it listens on TARGET, \
      127.0.0.1:2525 when left out, and never opens a connection.
      """)

  @Argument(help: "A recording.") var file: String
  @Argument(help: "The target, or where to listen.") var target: String?
  @Option(name: .customLong("as"), help: "The side to play: client or server.") var role: Role = .client
  @Option(
    help: "How closely what comes is compared: code, text or exact; as client code, as server text when left out.")
  var match: MatchLevel?
  @Option(help: "Whether to send at the recorded times: recorded or fast.") var pace: Pace = .fast
  @Option(help: "As server: whether the client must keep the order, strict or lenient.") var order:
    ServerPlayerOptions.Order = .strict
  @Option(help: ArgumentHelp("As server: write NAME HOST PORT once it accepts.", valueName: "file")) var portFile:
    String?
  @OptionGroup var script: ScriptArguments

  func perform() async throws {
    if role == .server { return try await serve() }
    var session = ScriptSession(file: file, target: target, level: match ?? .code, arguments: script)
    session.keepsPace = pace == .recorded
    var reference: ReferenceServer?
    defer { reference?.stop() }
    let status = try await session.play(&reference).status
    if status != .success { throw status }
  }

  private func serve() async throws {
    let played = try ScriptFile.script(file, allowing: script.allowFiles)
    let listener = try await listen()
    let target = Target(host: listener.endpoint.host, port: listener.endpoint.port)
    let form: EventPrinter.Form = script.connection.json ? .json : script.verbose ? .dialogue : .none
    let output = try SessionOutput(target: target, options: script.connection, form: form)
    var options = ServerPlayerOptions()
    options.order = order
    options.level = match ?? .text
    options.variables = script.variables.mapValues { Array($0.utf8) }
    let runner = ServerScriptRunner(
      script: played, options: options, listener: listener, tls: try Self.identity(),
      patience: script.connection.timeouts.command, sink: output.sink)
    Output.diagnostic("parley: playing \(TerminalText.word(file)) as the server on \(target.hostAndPort)")
    if let portFile { try OutputFile.write(Array("smtp \(target.host) \(target.port)\n".utf8), to: portFile) }
    let outcome = await runner.run()
    try output.finishRecording()
    try report(outcome)
  }

  private func report(_ outcome: ServerScriptOutcome) throws {
    switch outcome {
    case .passed(let unplayed):
      if !unplayed.isEmpty {
        Output.diagnostic("parley: note: never said: lines \(unplayed.map(String.init).joined(separator: ", "))")
      }
      Output.line("ok \(TerminalText.word(file))")
    case .failed(let failure):
      var lines = [
        "parley: error [\(FailureName.scriptUnmet)]: \(TerminalText.word(failure.file ?? file)):\(failure.number): \(failure.sentence)"
      ]
      lines += failure.expected.map { "  expected: \($0)" } + failure.got.map { "  got:      C: \($0)" }
      Output.diagnostic(lines.joined(separator: "\n"))
      throw ExitStatus.unmet.exitCode
    }
  }

  private func listen() async throws -> Listener {
    let place: Endpoint
    do {
      // Port 0 lets the system pick one, which a target cannot have.
      if let target, target.hasSuffix(":0") {
        place = .tcp(host: String(target.dropLast(2)), port: 0)
      } else {
        let parsed = try Target(target ?? "127.0.0.1:2525")
        place = parsed.scheme == .unix ? .unix(path: parsed.host) : .tcp(host: parsed.host, port: parsed.port)
      }
    } catch {
      throw ValidationError("\(Target.shown(target ?? "")): \(error.message)")
    }
    do {
      return try await Listener.start(on: place)
    } catch {
      throw Output.failure(error.name, "cannot listen on \(place): \(error.words)")
    }
  }

  /// The certificate of the reference MTA, which is made where there is none.
  private static func identity() throws -> TLSConfiguration {
    let authority = TestCertificateAuthority(directory: ReferenceMTAOptions.defaultState + "/tls")
    do {
      let files = try authority.prepare(names: ["mail.example.com", "localhost"], addresses: ["127.0.0.1", "::1"])
      return .server(identity: files.identity)
    } catch {
      throw Output.failure(error.name, error.words)
    }
  }
}

extension ServerPlayerOptions.Order: ExpressibleByArgument {}

extension Endpoint {
  /// The host or the path.
  fileprivate var host: String {
    switch self {
    case .tcp(let host, _): host
    case .unix(let path): path
    }
  }

  /// The port; 0 for a path.
  fileprivate var port: Int {
    if case .tcp(_, let port) = self { port } else { 0 }
  }
}
