package import SMTPSession
import SMTPWire

extension FailureExplainer {
  /// The exit status that a failure ends a command with: 1, or one of sysexits.h.
  package static func exitStatus(for failure: SessionFailure) -> Int32 {
    if let status = exactStatuses[failure.name] { return status }
    let parts = failure.name.split(separator: ".")
    switch parts.first {
    case "smtp": return replyStatus(parts.last.flatMap { Int($0) } ?? 0, at: failure.stage)
    case "timeout": return temporary
    case "conn", "proto": return protocolError
    case "auth": return refused
    case "tls": return parts.count > 2 && parts[1] == "cert" ? refused : protocolError
    default: return internalFault
    }
  }

  private static let unavailable: Int32 = 69
  private static let internalFault: Int32 = 70
  private static let temporary: Int32 = 75
  private static let protocolError: Int32 = 76
  private static let refused: Int32 = 77

  private static let exactStatuses: [String: Int32] = [
    "smtp.partial": 1, "smtp.421": temporary, "client.size_exceeded": 65, "delivery.uncertain": temporary,
    "cancelled": temporary, "internal": internalFault,
    "conn.closed": temporary, "file.unreadable": 66, "file.unwritable": 74, "script.invalid": 65, "script.variable": 64,
    "script.unmet": 1, "usage.target": 64, "terminal.none": 64, "terminal.unusable": unavailable,
    "mta.start": unavailable,
    "tls.test_ca": internalFault,
    "conn.refused": unavailable, "conn.unreachable": unavailable, "conn.failed": unavailable, "conn.unknown_host": 68,
    "conn.lookup_failed": temporary,
    "auth.too_many_iterations": protocolError,
    "auth.bad_challenge": protocolError, "auth.loop": protocolError, "auth.unexpected_success": protocolError,
    "auth.netrc_readable": refused, "auth.profile_readable": refused, "auth.profile_writable": refused,
    "auth.descriptor_readable": refused, "profile.invalid": 65, "profile.unknown": 66,
    "auth.no_credentials": 64, "auth.unusable_credentials": 65,
    "tls.not_offered": refused, "tls.refused": refused, "tls.client_cert_required": refused,
    "tls.config.identity": 66, "tls.config.trust": 66, "tls.config.ciphers": 64, "tls.config.versions": 64,
    "tls.config.key_log": 74, "tls.config.library": internalFault,
  ]

  /// The status for a reply that refuses: 4yz may succeed later, and a login refused is a login refused whatever its code.
  private static func replyStatus(_ code: Int, at stage: SessionStage) -> Int32 {
    switch code {
    case 400...499: temporary
    case 530, 534, 535, 538: refused
    case 500...599: stage == .command(.auth) || stage == .authResponse ? refused : unavailable
    default: protocolError
    }
  }
}
