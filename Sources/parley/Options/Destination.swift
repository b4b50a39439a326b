import ArgumentParser
import Failures
import ReferenceMTA
import SASL
import SMTPSession

/// Where a command goes to: a server somewhere, or the reference MTA running within this process.
struct Destination: Sendable {
  let target: Target
  /// The certificate authority to trust there; nil for the system's.
  let authority: String?
  /// The credentials that are known to work there.
  let credentials: Credentials?

  /// Opens what a TARGET says; nil and `ref` are the reference MTA: the one that is given, else a new one, which whoever
  /// asks has to stop.
  static func open(
    _ text: String?, port: Int? = nil, onConnect: Bool = false, lmtp: Bool = false,
    reference: inout ReferenceServer?
  ) async throws -> Destination {
    guard let text, text != "ref" else { return try await open(&reference, onConnect: onConnect) }
    do {
      var target = try Target(text, defaultPort: onConnect ? 465 : 25)
      if let port { target.port = port }
      if onConnect { target.scheme = .smtps }
      if lmtp, target.scheme == .smtp { target.scheme = .lmtp }
      return Destination(target: target, authority: nil, credentials: nil)
    } catch {
      throw Output.failure(.usageTarget, "\"\(Target.shown(text))\" column \(error.offset + 1): \(error.message)")
    }
  }

  private static func open(_ reference: inout ReferenceServer?, onConnect: Bool) async throws -> Destination {
    let server: ReferenceServer
    do {
      server = if let running = reference { running } else { try await ReferenceServer.start() }
    } catch {
      throw Output.failure(error.name, "the reference MTA did not start: \(error.words)")
    }
    reference = server
    return Destination(
      target: onConnect ? server.implicitTLSTarget : server.target, authority: server.authority,
      credentials: Credentials(user: "alice", password: "wonderland"))
  }
}
