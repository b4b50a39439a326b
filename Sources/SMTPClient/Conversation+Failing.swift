import Dialogue
import Failures
import Network
import SMTPSession
import SMTPWire
import TLSEngine

extension Conversation {
  /// Ends the conversation: records what is left and passes the failure on. `isSilence` says that a reply did not come in
  /// time.
  func fail(_ failure: SessionFailure, isSilence: Bool = false) -> SessionFailure {
    isOver = true
    let partial = parser.pendingLines + noteRemains()
    let isTold = isSilence && failure.name.isTimeout
    if isSilence { log.note(.timeout(EventReason(isTold ? failure.name : .timeoutReply, failure.summary))) }
    if !isTold { log.note(.failed(EventReason(failure.name, failure.summary))) }
    log.flush()
    guard failure.lines.isEmpty, !partial.isEmpty else { return failure }
    return SessionFailure(
      failure.name, at: failure.stage, failure.summary, lines: partial, isDeliveryUncertain: failure.isDeliveryUncertain
    )
  }

  /// Records octets that came and did not become a reply; the last line may be cut.
  @discardableResult
  func noteRemains() -> [WireLine] {
    var lines = Array(unread)
    unread = []
    while let line = framer.finish() {
      lines.append(note(line))
    }
    return lines
  }

  /// The failure of a reply that did not come in time.
  func timedOut(at stage: SessionStage) -> SessionFailure {
    switch stage {
    case .endOfData: uncertain("timed out: no reply to the final dot")
    case _ where isOverdue: overdue(at: stage)
    case .greeting: SessionFailure(.timeoutBanner, at: stage, "timed out: connected, but no greeting came")
    default: SessionFailure(.timeoutReply, at: stage, "timed out waiting for the reply to \(stage)")
    }
  }

  /// The failure of a session whose time is over.
  func overdue(at stage: SessionStage) -> SessionFailure {
    SessionFailure(.timeoutTotal, at: stage, "timed out: the session as a whole took too long (at \(stage))")
  }

  /// The failure that the end of the connection is; it is noted.
  func ended(_ end: ConnectionEnd, at stage: SessionStage) -> SessionFailure {
    noteEnd(end)
    let manner = end.name == .connReset ? "reset the connection" : "closed the connection"
    if stage == .endOfData { return uncertain("the server \(manner) before its reply to the final dot was complete") }
    let place = stage == .greeting ? "before its greeting was complete" : "at \(stage)"
    return SessionFailure(end.name, at: stage, "the server \(manner) \(place)\(end.suffix)")
  }

  /// Notes how the connection ended.
  func noteEnd(_ end: ConnectionEnd) {
    log.note(end.name == .connReset ? .reset("by peer\(end.suffix)") : .closed(by: .peer, end.suffix))
  }

  private func uncertain(_ words: String) -> SessionFailure {
    SessionFailure(
      .deliveryUncertain, at: .endOfData, "\(words); the message may have been accepted or not",
      isDeliveryUncertain: true)
  }
}

extension ConnectionEnd {
  /// What is to be added about the end, beyond that it came.
  fileprivate var suffix: String {
    switch self {
    case .tlsTruncated: ", truncated: without TLS's closing alert"
    case .tlsFailed(let failure): ": \(failure.words)"
    default: ""
    }
  }
}
