package import Failures
package import SMTPSession
import SMTPWire

extension FailureExplainer {
  /// The exit status that a failure ends a command with.
  package static func exitStatus(for failure: SessionFailure) -> ExitStatus {
    if let code = failure.name.replyCode { return replyStatus(code, at: failure.stage) }
    return failure.name.exitStatus ?? .internalFault
  }

  /// The status for a reply that refuses: 4yz may succeed later, and a login refused is a login refused whatever its code.
  private static func replyStatus(_ code: Int, at stage: SessionStage) -> ExitStatus {
    switch code {
    case 400...499: .temporary
    case 530, 534, 535, 538: .refused
    case 500...599: stage == .command(.auth) || stage == .authResponse ? .refused : .unavailable
    default: .protocolError
    }
  }
}
