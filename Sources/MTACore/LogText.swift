import SMTPSession

/// Texts of Postfix's log lines, without their heads.
package enum LogText {
  /// The head of a line: `Jan  2 15:04:05 host postfix/smtpd[123]: `.
  package static func head(_ time: MTATime, host: String, service: String, process: Int32) -> String {
    "\(time.logStamp) \(host) postfix/\(service)[\(process)]: "
  }

  /// smtpd, when the first recipient is accepted.
  package static func client(_ id: String, _ client: String, login: (method: String, user: String)?) -> String {
    let line = "\(id): client=\(client)"
    return login.map { line + ", sasl_method=\($0.method), sasl_username=\($0.user)" } ?? line
  }

  /// master, when as many clients are served as may be.
  package static func processLimit(service: String, port: Int, _ limit: Int) -> String {
    "warning: service \"\(service)\" (\(port)) has reached its process limit \"\(limit)\": "
      + "new clients may experience noticeable delays"
  }

  /// cleanup.
  package static func messageID(_ id: String, _ messageID: String) -> String { "\(id): message-id=\(messageID)" }

  /// qmgr, when delivery begins.
  package static func active(_ id: String, sender: String, size: Int, recipients: Int) -> String {
    "\(id): from=<\(sender)>, size=\(size), nrcpt=\(recipients) (queue active)"
  }

  /// qmgr, when all is done.
  package static func removed(_ id: String) -> String { "\(id): removed" }

  /// A delivery agent, for each recipient.
  package static func delivery(_ id: String, _ delivery: MTADelivery, _ outcome: DeliveryOutcome) -> String {
    let final = ServerReplies.printable(delivery.final)
    let original = ServerReplies.printable(delivery.original)
    let orig = original.lowercased() == final.lowercased() ? "" : ", orig_to=<\(original)>"
    return "\(id): to=<\(final)>\(orig), relay=\(outcome.relay), delay=\(outcome.delays.total), "
      + "delays=\(outcome.delays.parts), dsn=\(outcome.dsn), status=\(outcome.status) (\(outcome.text))"
  }
}

/// What became of one copy.
package struct DeliveryOutcome: Hashable, Sendable {
  /// `local` or `none`.
  package var relay: String
  /// The enhanced status code.
  package var dsn: String
  /// `sent` or `deferred`.
  package var status: String
  /// The words in parentheses.
  package var text: String
  /// How long it took.
  package var delays: DelayText

  /// Makes an outcome.
  package init(relay: String, dsn: String, status: String, text: String, delays: DelayText) {
    self.relay = relay
    self.dsn = dsn
    self.status = status
    self.text = text
    self.delays = delays
  }
}

/// How long a delivery took, as the log tells it: in all, and before the queue manager / in it / connecting / sending.
package struct DelayText: Hashable, Sendable {
  /// The sum, which is rounded by itself.
  package let total: String
  /// The four parts, with slashes between them.
  package let parts: String

  /// Makes the text of times in microseconds.
  package init(beforeQueue: Int, inQueue: Int, connecting: Int, sending: Int) {
    let all = [beforeQueue, inQueue, connecting, sending].map { max(0, $0) }
    total = Self.text(all.reduce(0, +))
    parts = all.map(Self.text).joined(separator: "/")
  }

  /// Two digits that count, rounded half up, without zeros at the end.
  static func text(_ microseconds: Int) -> String {
    if microseconds >= 10_000_000 { return "\((microseconds + 500_000) / 1_000_000)" }
    let isLong = microseconds >= 1_000_000
    let unit = isLong ? 100_000 : 10_000
    let perSecond = 1_000_000 / unit
    let units = (microseconds + unit / 2) / unit
    let fraction = units % perSecond
    var digits = isLong ? "\(fraction)" : MTATime.pad(fraction)
    while digits.last == "0" { digits.removeLast() }
    return digits.isEmpty ? "\(units / perSecond)" : "\(units / perSecond).\(digits)"
  }
}
