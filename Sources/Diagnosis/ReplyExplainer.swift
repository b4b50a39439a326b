import SMTPSession
package import SMTPWire

/// Explains a reply: by its text where it is a known one, by its enhanced code, by its code, by its class.
package enum ReplyExplainer {
  /// What the reply means where it came.
  package static func explain(_ reply: Reply, in situation: SessionSituation) -> Explanation {
    let enhanced = enhancedCode(of: reply, at: situation.stage)
    let match = ServerWording.match(reply, in: situation)
    let meaning = ReplyCodeMeaning.of(reply.code)
    let numbers = enhanced.map { "\(reply.code) \($0)" } ?? "\(reply.code)"
    var explanation = Explanation(
      title: numbers, cause: ReplyCodeMeaning.classCause(reply.code, at: situation.stage),
      layers: layers(reply, enhanced, meaning), next: ReplyCodeMeaning.classNext(reply.code), clause: "RFC 5321 §4.2.1")
    if let match {
      explanation.title += ": \(match.wording.title)"
      explanation.cause = match.cause
      explanation.next = match.next
      explanation.clause = match.wording.clause
    } else {
      refine(&explanation, reply, enhanced, meaning, situation)
    }
    return explanation.addressed(to: situation.target)
  }

  /// RFC 2034 §4: greetings and the replies to HELO and EHLO bear no enhanced code, even if they begin like one.
  private static func enhancedCode(of reply: Reply, at stage: SessionStage) -> EnhancedStatusCode? {
    switch stage {
    case .greeting, .command(.ehlo), .command(.helo), .command(.lhlo):
      return reply.code.isFailure ? reply.enhancedStatusCode : nil
    default: return reply.code.severity == .intermediate ? nil : reply.enhancedStatusCode
    }
  }

  private static func layers(_ reply: Reply, _ enhanced: EnhancedStatusCode?, _ meaning: ReplyCodeMeaning?) -> [String]
  {
    var layers = [ReplyCodeMeaning.classLayer(reply.code)]
    if let meaning { layers.append("\(reply.code): \(meaning.sentence) (\(meaning.clause))") }
    if let enhanced { layers.append(EnhancedCodeMeaning.layer(enhanced)) }
    return layers
  }

  /// Says what the stage, the enhanced code or the code knows better than the class.
  private static func refine(
    _ explanation: inout Explanation, _ reply: Reply, _ enhanced: EnhancedStatusCode?, _ meaning: ReplyCodeMeaning?,
    _ situation: SessionSituation
  ) {
    if let meaning {
      explanation.title += ": \(meaning.title)"
      explanation.cause = sentence(meaning.sentence)
      explanation.clause = meaning.clause
      if !meaning.next.isEmpty { explanation.next = meaning.next }
    }
    if let enhanced, reply.code.isFailure, enhanced.detail != 0, let special = EnhancedCodeMeaning.of(enhanced) {
      explanation.title = "\(reply.code) \(enhanced): \(special.title)"
      explanation.cause = sentence(special.sentence)
      explanation.clause = special.clause
    }
    if reply.code == 530 || reply.code == 535 && !situation.isLogin { explanation.next = needsNext(situation) }
    StageMeaning.refine(&explanation, reply, situation)
  }

  private static func needsNext(_ situation: SessionSituation) -> [String] {
    let canSecure = !situation.isSecured && situation.capabilities?.offers("STARTTLS") == true
    return (canSecure ? ["STARTTLS is offered and not used: parley send --tls …"] : []) + situation.loginAdvice
  }

  /// A sentence that begins with a capital letter and ends in a full stop.
  static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
