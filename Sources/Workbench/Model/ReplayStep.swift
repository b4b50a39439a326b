import Dialogue
import SASL
import SMTPSession
package import SMTPWire

/// One thing of a recording that is done again: the lines of one write and the reply to them.
package struct ReplayStep: Hashable, Sendable {
  /// What the step is.
  package enum Kind: Hashable, Sendable {
    /// The greeting: nothing is sent.
    case greeting
    case line
    /// AUTH with all its answers, made afresh by this mechanism.
    case authentication(String)
    /// The text of a message and its final dot.
    case message
  }

  /// How far the step is.
  package enum Progress: Hashable, Sendable {
    case ahead, awaited, done
  }

  /// How the new reply compares with the recorded one.
  package enum Verdict: Hashable, Sendable {
    /// Alike to the last word.
    case same
    /// Alike but for words that carry no weight, such as host names, dates, ids.
    case alike
    /// Different.
    case different
    /// Different in a way that is to be ignored.
    case ignored
  }

  /// What the step does.
  package let kind: Kind
  /// What is sent; a message with its dots as they are on the wire.
  package internal(set) var lines: [OutgoingLine]
  /// What was recorded in the place of `lines`.
  package let recordedLines: [OutgoingLine]
  /// The reply that was recorded; nil when there is none.
  package internal(set) var recorded: Reply?
  /// When the first line was sent, in the recording.
  package internal(set) var sentTime = Duration.zero
  /// When the reply was whole, in the recording.
  package internal(set) var replyTime = Duration.zero
  /// The number of its first row in the recording; 0 for one that was inserted.
  package let row: Int
  /// Whether the replay stops before it.
  package internal(set) var isBreakpoint = false
  /// Whether it is left out.
  package internal(set) var isSkipped = false
  /// Whether the user put it in.
  package internal(set) var isInserted = false
  /// Whether the step is still to come.
  package internal(set) var progress = Progress.ahead
  /// The reply that came now.
  package internal(set) var reply: Reply?
  /// How the live answer compares; nil before it came.
  package internal(set) var verdict: Verdict?
  /// The differences in words.
  package internal(set) var sentences: [String] = []

  init(_ kind: Kind, _ lines: [OutgoingLine], row: Int, at time: Duration = .zero) {
    self.kind = kind
    self.lines = lines
    recordedLines = lines
    self.row = row
    sentTime = time
  }

  /// Whether other lines are sent than were recorded.
  package var isEdited: Bool { !isInserted && lines != recordedLines }

  /// The command of the first line.
  var command: Command { Command(lines.first?.octets ?? []) }

  /// Whether TLS comes behind its reply.
  var isHandshake: Bool { kind == .line && command.verb == .starttls }

  /// Whether a line holds a secret that the recording does not.
  var lacksSecret: Bool {
    lines.contains { line in
      line.parts.contains { if case .secret(let secret) = $0 { secret.isEmpty } else { false } }
    }
  }

  /// Forgets what came of it.
  mutating func reset() {
    progress = .ahead
    reply = nil
    verdict = nil
    sentences = []
  }
}

extension ReplayStep {
  /// The steps of a recorded session.
  static func steps(of log: SessionLog) -> [ReplayStep] {
    var steps = [ReplayStep(.greeting, [], row: 1)]
    var owners: [Int: Int] = [:]
    var message: (lines: [OutgoingLine], row: Int, time: Duration)?
    for row in log.rows {
      guard case .sent(let line) = row.event else { continue }
      if row.isMessage {
        message = ((message?.lines ?? []) + [line], message?.row ?? row.number, message?.time ?? row.time)
        continue
      }
      guard row.asks else {
        if steps.count > 1 { steps[steps.count - 1].lines.append(line) }
        continue
      }
      let stage = row.answer.map { log.exchanges[$0].stage }
      if stage != .authResponse {
        steps.append(step(line, stage, message, row))
        message = nil
      }
      if let answer = row.answer { owners[answer] = steps.count - 1 }
    }
    for row in log.rows {
      guard let index = row.exchange else { continue }
      let isGreeting = log.exchanges[index].stage == .greeting
      guard let owner = isGreeting ? 0 : owners[index] else { continue }
      steps[owner].recorded = log.exchanges[index].reply
      steps[owner].replyTime = row.time
    }
    return steps
  }

  private static func step(
    _ line: OutgoingLine, _ stage: SessionStage?, _ message: (lines: [OutgoingLine], row: Int, time: Duration)?,
    _ row: LogRow
  ) -> ReplayStep {
    if let message { return ReplayStep(.message, message.lines + [line], row: message.row, at: message.time) }
    if stage == .endOfData, line.octets == [UInt8(ascii: ".")] {
      return ReplayStep(.message, [line], row: row.number, at: row.time)
    }
    let command = Command(line.octets)
    let mechanism = String(decoding: (command.words.first ?? []).map(\.asciiUppercased), as: UTF8.self)
    let isKnown = command.verb == .auth && SASLClientMechanisms.names.contains(mechanism)
    return ReplayStep(isKnown ? .authentication(mechanism) : .line, [line], row: row.number, at: row.time)
  }
}
