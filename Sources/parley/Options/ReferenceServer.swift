import ReferenceMTA
import SMTPSession

/// The reference MTA within this process, on loopback ports that the system picks.
struct ReferenceServer: Sendable {
  let target: Target
  let implicitTLSTarget: Target
  /// The file of the certificate authority that signed its certificate.
  let authority: String
  private let runner: ReferenceMTARunner

  /// Starts it; its mail goes to the user's state directory.
  static func start() async throws(ReferenceMTAFailure) -> ReferenceServer {
    let listeners = [MTAListener(.smtp), MTAListener(.smtps)]
    let runner = ReferenceMTARunner(ReferenceMTAOptions(listeners: listeners, log: .none))
    let ports = try await runner.start()
    func port(_ kind: MTAListener.Kind) -> Int { ports.ports.first { $0.name == kind.rawValue }?.port ?? 0 }
    return ReferenceServer(
      target: Target(host: "127.0.0.1", port: port(.smtp)),
      implicitTLSTarget: Target(scheme: .smtps, host: "127.0.0.1", port: port(.smtps)), authority: ports.authority,
      runner: runner)
  }

  /// Stops listening; sessions that are open end with the process.
  func stop() {
    let runner = runner
    Task { await runner.stop() }
  }
}
