import Failures
package import SMTPSession
import SMTPWire

/// Explains why a session did not come to its end.
package enum FailureExplainer {
  /// What a failure means where it happened.
  package static func explain(_ failure: SessionFailure, in situation: SessionSituation) -> Explanation {
    var situation = situation
    situation.stage = failure.stage
    let reply = reply(of: failure)
    if failure.name == .smtpPartial, let reply { return partial(reply, situation) }
    if failure.name.replyCode != nil, let reply { return ReplyExplainer.explain(reply, in: situation) }
    let meaning = FailureMeaning.of(failure.name)
    var explanation = Explanation(
      title: meaning?.title ?? "something unforeseen", cause: meaning?.cause ?? "What happened has no name yet.",
      next: meaning?.next ?? ["look at the recording"], clause: meaning?.clause ?? "RFC 5321 §4.3.2")
    FailureContext(failure: failure, situation: situation).refine(&explanation)
    if let reply { explanation.layers = ReplyExplainer.explain(reply, in: situation).layers }
    return explanation.addressed(to: situation.target)
  }

  /// What a failure means when nothing is known of the session but its target.
  package static func explain(_ failure: SessionFailure, target: Target?) -> Explanation {
    var situation = SessionSituation(stage: failure.stage)
    situation.target = target
    situation.isSecured = target?.scheme == .smtps && failure.stage != .connect && failure.stage != .handshake
    return explain(failure, in: situation)
  }

  /// The refusal with the recipient's reason.
  private static func partial(_ reply: Reply, _ situation: SessionSituation) -> Explanation {
    var explanation = ReplyExplainer.explain(reply, in: situation)
    let meaning = FailureMeaning.of(.smtpPartial)
    explanation.title = meaning?.title ?? explanation.title
    explanation.cause = "The message went out, but not to everybody; the first refusal: " + explanation.cause
    explanation.next = (meaning?.next ?? []) + explanation.next
    return explanation
  }

  /// The failure's lines as the reply that they are; nil when they are none.
  private static func reply(of failure: SessionFailure) -> Reply? {
    var parser = ReplyParser()
    for line in failure.lines {
      if case .reply(let reply) = parser.receive(line) { return reply }
    }
    return nil
  }
}
