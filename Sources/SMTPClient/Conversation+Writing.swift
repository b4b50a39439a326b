import Dialogue
import Failures
import Network
import SMTPSession
import SMTPWire

extension Conversation {
  /// Writes a piece of the message; its lines are recorded as they become whole.
  func writeMessage(_ octets: [UInt8], _ cutter: inout LineFramer) async throws(SessionFailure) {
    cutter.append(octets)
    while let line = cutter.next() { log.note(.sent(OutgoingLine(line.octets, ending: line.ending))) }
    log.flush()
    try await write(octets, at: .message, within: options.timeouts.dataBlock)
  }

  /// Writes octets that belong to a stage. Where it fails and the server has said why, that is the failure.
  func write(_ octets: [UInt8], at stage: SessionStage, within limit: Duration) async throws(SessionFailure) {
    guard let connection else { throw SessionFailure(.connEOF, at: stage, "the connection is closed") }
    guard !octets.isEmpty else { return }
    let outcome = await connection.write(octets, until: deadline(in: limit))
    if outcome == .written { return }
    if case .arrived(let arrivals)? = await connection.receiveAvailable() { take(arrivals) }
    if case .reply(let reply)? = nextOutcome(), reply.code.isFailure { throw fail(.refused(reply, at: stage)) }
    switch outcome {
    case .written: return
    case .ended(let end): throw fail(ended(end, at: stage))
    case .timedOut: throw fail(isOverdue ? overdue(at: stage) : stuck(at: stage))
    case .cancelled: throw fail(SessionFailure(.cancelled, at: stage, "stopped while sending \(stage)"))
    }
  }

  private func stuck(at stage: SessionStage) -> SessionFailure {
    SessionFailure(.timeoutWrite, at: stage, "timed out: the server takes no more octets of \(stage)")
  }
}
