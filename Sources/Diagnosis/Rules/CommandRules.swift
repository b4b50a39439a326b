import SMTPSession
import SMTPWire

/// Looks at what the client sent: what no server has to take.
enum CommandRules {
  static let all = [pipelinedUnoffered, parameterUnoffered, bareLF, lineTooLong]

  static let pipelinedUnoffered = FindingRule(
    "command.pipelining-not-offered", .warning, "commands were sent together without PIPELINING",
    "Several commands went out before their replies came, and the server had not offered PIPELINING; some servers close at that.",
    next: ["wait for each reply, or send them together only where EHLO offers PIPELINING"], "RFC 2920 §3.1")
  static let parameterUnoffered = FindingRule(
    "command.parameter-not-offered", .warning, "a parameter that was not offered",
    "A parameter belongs to an extension that the reply to EHLO does not offer; the server may refuse it (555).",
    next: ["leave it out, or see whether it is offered after STARTTLS"], "RFC 5321 §4.1.1.11")
  static let bareLF = FindingRule(
    "command.bare-lf", .warning, "a line of ours ended in a bare LF",
    "A command ended in LF without CR; servers differ in what they make of it, and some refuse it.",
    next: ["end lines in CRLF; a bare LF is only for trying how a server takes it"], "RFC 5321 §2.3.8")
  static let lineTooLong = FindingRule(
    "command.line-too-long", .warning, "a command line of ours is too long",
    "A command has more than 512 octets, its end included; a server need not take it.",
    next: ["send a long answer of AUTH after the server's 334 instead of within the AUTH command"],
    "RFC 5321 §4.5.3.1.4")

  static func findings(in reading: SessionReading) -> [Finding] {
    grouped(pipelinedUnoffered, pipelined(reading), reading) + parameters(reading)
      + grouped(bareLF, reading.sent.filter { $0.line.ending == .bareLF }.map(\.index), reading)
      + grouped(lineTooLong, reading.sent.filter(isTooLong).map(\.index), reading)
  }

  private static func grouped(_ rule: FindingRule, _ places: [Int], _ reading: SessionReading) -> [Finding] {
    places.isEmpty ? [] : [rule.finding(reading.evidence(places))]
  }

  private static func pipelined(_ reading: SessionReading) -> [Int] {
    let offered = Dictionary(reading.sent.map { ($0.index, $0.capabilities?.offers("PIPELINING") == true) }) {
      first, _ in first
    }
    return reading.exchanges.compactMap { exchange in
      guard exchange.wasPipelined, let index = exchange.sentIndex, offered[index] == false else { return nil }
      return index
    }
  }

  private static func parameters(_ reading: SessionReading) -> [Finding] {
    let found = reading.sent.compactMap { sent -> (Int, [String])? in
      guard sent.stage == .command(.mail) || sent.stage == .command(.rcpt), let capabilities = sent.capabilities else {
        return nil
      }
      let missing = ParameterReading.extensions(of: sent).map(\.keyword).filter { !capabilities.offers($0) }
      return missing.isEmpty ? nil : (sent.index, missing)
    }
    guard let first = found.first else { return [] }
    return [
      parameterUnoffered.finding(reading.evidence(found.map(\.0)), title: "\(first.1[0]) was used and not offered")
    ]
  }

  /// An answer of AUTH may have 12,288 octets (RFC 4954 §4); a command with its ending 512.
  private static func isTooLong(_ sent: SessionReading.Sent) -> Bool {
    let limit = sent.stage == .authResponse ? 12_288 : 512
    return sent.line.octets.count + sent.line.ending.octets.count > limit
  }
}
