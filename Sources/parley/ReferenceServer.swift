import ArgumentParser
import Glibc
import MTACore
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
  static func start() async throws -> ReferenceServer {
    let listeners: [MTAListener] = [
      MTAListener(.smtp, host: "127.0.0.1", port: 0), MTAListener(.smtps, host: "127.0.0.1", port: 0),
    ]
    let runner = ReferenceMTARunner(ReferenceMTAOptions(listeners: listeners, log: .none))
    do {
      let ports = try await runner.start()
      func port(_ name: String) -> Int { ports.ports.first { $0.name == name }?.port ?? 0 }
      return ReferenceServer(
        target: Target(host: "127.0.0.1", port: port("smtp")),
        implicitTLSTarget: Target(scheme: .smtps, host: "127.0.0.1", port: port("smtps")), authority: ports.authority,
        runner: runner)
    } catch {
      Output.diagnostic("parley: error [mta.start]: \(error)")
      throw ExitStatus.internalFault.exitCode
    }
  }

  /// Stops listening; sessions that are open end with the process.
  func stop() {
    let runner = runner
    Task { await runner.stop() }
  }
}
