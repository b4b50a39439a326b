import Dialogue
import SASL
import SMTPSession
import SMTPWire

/// Looks at AUTH: who could have read a password on the way.
enum LoginRules {
  static let all = [offeredInClear, passwordInClear, onlyInClear]

  static let offeredInClear = FindingRule(
    "auth.offered-in-clear", .warning, "a login by password is offered without TLS",
    "The server offers PLAIN or LOGIN before TLS, so a client may send its password where anybody on the way can read it.",
    next: ["log in only inside TLS: parley send --tls --auth …", "on the server (Postfix): smtpd_tls_auth_only = yes"],
    "RFC 4954 §4")
  static let passwordInClear = FindingRule(
    "auth.password-in-clear", .error, "a password was sent without TLS",
    "The password went over the network so that anybody on the way could read it.",
    next: ["change the password if the way was not your own", "use TLS: parley send --tls --auth …"], "RFC 4954 §9")
  static let onlyInClear = FindingRule(
    "auth.gone-inside-tls", .warning, "AUTH is offered in clear and not inside TLS",
    "The server offers a login before TLS and none inside it: the wrong way round, or somebody on the way has added the offer.",
    next: [
      "do not log in in clear",
      "on the server (Postfix): smtpd_sasl_tls_security_options must not exclude what smtpd_sasl_security_options allows",
    ], "RFC 3207 §4.2")

  static func findings(in reading: SessionReading) -> [Finding] {
    offers(reading) + passwords(reading)
  }

  private static func offers(_ reading: SessionReading) -> [Finding] {
    var findings: [Finding] = []
    let greetings = reading.exchanges.filter { $0.stage == .command(.ehlo) && $0.reply.code.isCompletion }
    let clear = greetings.first { exchange in
      !exchange.wasSecured
        && sendingPassword.contains { exchange.situation.capabilities?.mechanisms.contains($0.name) == true }
    }
    if let clear { findings.append(offeredInClear.finding(reading.evidence(lines(of: clear, "AUTH", reading)))) }
    let inside = greetings.first {
      $0.wasSecured && $0.situation.capabilities?.mechanisms.isEmpty == true
        && $0.situation.plainCapabilities?.mechanisms.isEmpty == false
    }
    if let inside { findings.append(onlyInClear.finding(reading.evidence(of: inside))) }
    return findings
  }

  private static func lines(of exchange: SessionReading.Exchange, _ keyword: String, _ reading: SessionReading) -> [Int]
  {
    exchange.replyIndices.filter { index in
      guard case .received(let line) = reading.events[index].event else { return false }
      return line.octets.dropFirst(4).prefix(keyword.utf8.count).equalsIgnoringCase(keyword)
    }
  }

  /// The mechanisms whose last answer holds the password itself, in base64.
  private static let sendingPassword = SASLMechanismTable.all.filter { $0.proof == .password }

  private static func passwords(_ reading: SessionReading) -> [Finding] {
    let names = Set(sendingPassword.map { $0.variable(answer: $0.variables.count) } + ["password"])
    let places = reading.sent.filter { sent in
      guard !sent.isSecured, sent.stage == .command(.auth) || sent.stage == .authResponse else { return false }
      return sent.line.parts.contains { part in
        guard case .secret(let secret) = part else { return false }
        return names.contains(secret.name)
      }
    }.map(\.index)
    return places.isEmpty ? [] : [passwordInClear.finding(reading.evidence(places))]
  }
}
