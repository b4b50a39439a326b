import SMTPWire

/// A session in a few rows, for people.
struct SessionSummary {
  /// A name and what there is to say, in words that are safe to show once they are escaped for their form.
  private(set) var rows: [(name: String, text: String)] = []

  init(_ dialogue: Dialogue, _ outline: SessionOutline) {
    add("Server", outline.host + (outline.port.map { ":\($0)" } ?? ""))
    add("Began", dialogue.clock ?? "")
    addGreeting(outline)
    let tls = outline.walk.events.lazy.compactMap { event, _ in
      if case .tls = event { OctetText.readable(event.details) } else { nil }
    }.first
    add("TLS", tls ?? (outline.tls == .none ? "none" : "yes"))
    addOffers(outline)
    if let user = outline.user { add("Login", "\(outline.mechanism ?? "") as \(OctetText.readable(Array(user.utf8)))") }
    addEnvelope(outline)
    for exchange in outline.exchanges where exchange.reply?.code.isFailure == true { addRefusal(exchange) }
    addTimes(outline)
  }

  private mutating func add(_ name: String, _ text: String) {
    if !text.isEmpty, rows.count < 200 { rows.append((name, text)) }
  }

  private mutating func addGreeting(_ outline: SessionOutline) {
    guard let reply = outline.exchanges.first?.reply, outline.exchanges.first?.command == nil else { return }
    add("Greeting", OctetText.readable(reply.lines[0].octets.prefix(300)))
  }

  private mutating func addOffers(_ outline: SessionOutline) {
    let last = outline.exchanges.last { $0.parsed.verb == .ehlo && $0.reply?.code.isCompletion == true }
    guard let reply = last?.reply else { return }
    let words = Capabilities(reply).keywords.prefix(100).map { OctetText.readable($0.text.prefix(200)) }
    add("Offers", words.joined(separator: ", "))
  }

  private mutating func addEnvelope(_ outline: SessionOutline) {
    if let sender = outline.sender { add("From", "<\(OctetText.readable(sender.address))>") }
    let recipients = outline.recipients.map { "<\(OctetText.readable($0.address))>" }
    let rest = recipients.count > 20 ? " and \(recipients.count - 20) more" : ""
    add("To", recipients.prefix(20).joined(separator: ", ") + rest)
    if let message = outline.messages.first, message.isWhole { add("Message", "\(message.octets.count) octets") }
  }

  private mutating func addRefusal(_ exchange: SpokenExchange) {
    guard let reply = exchange.reply else { return }
    let text = OctetText.readable(Array(reply.lines.map(\.octets).joined(separator: [0x20])).prefix(500))
    let command = exchange.command.map { "to " + OctetText.readable($0.writtenOctets.prefix(200)) } ?? "unasked"
    add("Refused", "\(text) (\(command))")
  }

  private mutating func addTimes(_ outline: SessionOutline) {
    guard outline.walk.end > .zero else { return }
    add("Took", "\(Self.seconds(outline.walk.end)) s")
    let slowest = outline.exchanges.filter { $0.reply != nil && $0.command != nil }
      .max { $0.replied - $0.sent < $1.replied - $1.sent }
    if let slowest {
      add("Slowest reply", "\(Self.seconds(slowest.replied - slowest.sent)) s, to \(slowest.parsed.name)")
    }
  }

  /// Seconds with three decimals.
  static func seconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let rest = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds)." + String(repeating: "0", count: max(0, 3 - rest.utf8.count)) + rest
  }
}
