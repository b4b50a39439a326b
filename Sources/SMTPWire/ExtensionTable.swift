/// The extensions that are known by name: one entry each, those first that a server of today should offer.
///
/// Completion, the grammar row, the check of what is typed, the findings, the notes about a server's offer, the reference
/// MTA and `parley send` read this table.
package enum ExtensionTable {
  /// All entries; each keyword once.
  package static let all: [Extension] = expected + others

  private static let expected: [Extension] = [
    Extension(
      "STARTTLS", "RFC 3207", "the connection can be encrypted from here on", verbs: ["STARTTLS"], isExpected: true,
      offer: .beforeTLS),
    Extension(
      "PIPELINING", "RFC 2920", "commands may be sent together, without waiting for each reply", isExpected: true),
    Extension(
      "SIZE", "RFC 1870", "the server says how great a message may be, and the client how great one is",
      mail: [.init("SIZE", .number)], isExpected: true, detail: SizeLimit.text),
    Extension(
      "8BITMIME", "RFC 6152", "a message may hold octets beyond ASCII",
      mail: [
        .init("BODY", .keyword(["7BIT", "8BITMIME"], "7BIT or 8BITMIME (RFC 6152)"), proposals: ["8BITMIME", "7BIT"])
      ],
      isExpected: true),
    Extension("ENHANCEDSTATUSCODES", "RFC 2034", "replies tell the cause by a code such as 5.1.1", isExpected: true),
    Extension(
      "SMTPUTF8", "RFC 6531", "addresses and header fields may hold any letter, in UTF-8", mail: [.init("SMTPUTF8")],
      isExpected: true),
    Extension(
      "DSN", "RFC 3461", "the sender chooses what is reported to them, and when",
      mail: [
        .init("RET", .keyword(["FULL", "HDRS"], "FULL or HDRS (RFC 3461 §4.3)"), proposals: ["HDRS", "FULL"]),
        .init("ENVID", .xtext("xtext: +HH for + = and controls (RFC 3461 §4.4)")),
      ],
      rcpt: [
        .init("NOTIFY", .notification, proposals: ["SUCCESS,FAILURE,DELAY", "NEVER", "FAILURE"]),
        .init("ORCPT", .originalRecipient, proposals: ["rfc822;"]),
      ], isExpected: true),
    Extension(
      "CHUNKING", "RFC 3030", "a message may come in counted chunks instead of lines up to a dot", verbs: ["BDAT"],
      isExpected: true),
    Extension(
      "REQUIRETLS", "RFC 8689", "a message is refused rather than passed on without TLS", mail: [.init("REQUIRETLS")],
      isExpected: true, offer: .underTLS),
    Extension(
      "LIMITS", "RFC 9422", "the server says how many messages, recipients and domains it takes", isExpected: true,
      detail: SessionLimits.text),
    Extension(
      "BINARYMIME", "RFC 3030", "a message may hold any octets, sent in chunks",
      mail: [.init("BODY", .keyword(["BINARYMIME"], "BINARYMIME (RFC 3030)"))], isExpected: true),
  ]

  private static let others: [Extension] = [
    Extension(
      "AUTH", "RFC 4954", "the client can log in, by one of the mechanisms named", verbs: ["AUTH"],
      mail: [.init("AUTH", .xtext("xtext: +HH for + = and controls (RFC 4954 §5)"), proposals: ["<>"])]),
    Extension("VRFY", "RFC 5321 §3.5", "the server may be asked whether an address exists", verbs: ["VRFY"]),
    Extension("EXPN", "RFC 5321 §3.5", "the server may be asked who is on a list", verbs: ["EXPN"]),
    Extension("HELP", "RFC 5321 §4.1.1.8", "the server describes its commands", verbs: ["HELP"]),
    Extension("ETRN", "RFC 1985", "the server can be told to deliver the queue of a domain now", verbs: ["ETRN"]),
    Extension("XCLIENT", "", "a trusted client may say whom it stands for (Postfix)", verbs: ["XCLIENT"]),
    Extension(
      "XFORWARD", "", "a trusted client may say where a message came from, for the log (Postfix)", verbs: ["XFORWARD"]),
    Extension(
      "RRVS", "RFC 7293", "a recipient is refused when the mailbox has changed hands since a date",
      rcpt: [
        .init(
          "RRVS",
          .dateTime("date-time", "a date and time, and perhaps ;C or ;R (RFC 7293 §3.1)", suffixes: [";C", ";R"]))
      ]),
    Extension("CHECKPOINT", "RFC 1845", "a transfer that broke off can be taken up again"),
    Extension("NO-SOLICITING", "RFC 3865", "the server names the kinds of advertising that it refuses"),
    Extension(
      "ATRN", "RFC 2645", "the client may ask for the queue of its domains on this connection", verbs: ["ATRN"]),
    Extension("CONPERM", "RFC 4141", "the sender allows the content to be converted"),
    Extension("CONNEG", "RFC 4141", "the server says what its recipients can show"),
    Extension(
      "FUTURERELEASE", "RFC 4865", "the server keeps a message back until a time that the sender chooses",
      mail: [
        .init("HOLDFOR", .holdSeconds, proposals: ["3600"]),
        .init(
          "HOLDUNTIL", .dateTime("date-time", "a date and time such as 2027-01-31T08:00:00Z (RFC 4865 §4, RFC 3339)")),
      ],
      detail: { words in
        guard words.count > 0 else { return nil }
        return "up to \(words[0].prefix(9)) s" + (words.count > 1 ? ", to \(words[1].prefix(25))" : "")
      }),
    Extension(
      "DELIVERBY", "RFC 2852", "the sender says by when a message must be there, and what happens if it is not",
      mail: [.init("BY", .deliverBy, proposals: ["3600;R", "3600;N"])],
      detail: { $0.first.map { "at least \($0.prefix(9)) s" } }),
    Extension(
      "MT-PRIORITY", "RFC 6710", "the sender says how urgent a message is",
      mail: [.init("MT-PRIORITY", .priority, proposals: ["4", "0", "-4"])],
      detail: { $0.first.map { "policy \($0.prefix(20))" } }),
    Extension(
      "BURL", "RFC 4468", "the server can fetch the message, or parts of it, from an IMAP server", verbs: ["BURL"]),
    Extension(
      "SUBMITTER", "RFC 4405", "the sender names who is responsible for the message",
      mail: [.init("SUBMITTER", .xtext("an address in xtext (RFC 4405 §4.2)"))]),
  ]
}

extension ParameterValue {
  fileprivate static let number = pattern("n", "the number of octets (RFC 1870)", [[.digits(1...20)]])

  fileprivate static let holdSeconds = pattern(
    "seconds", "1 to 999999999 seconds (RFC 4865 §4)", [[.one("123456789"), .digits(0...8)]])

  /// With R, which returns the message, the time must be greater than zero.
  fileprivate static let deliverBy = pattern(
    "seconds;N|R[T]", "seconds, a semicolon, N or R, and perhaps T (RFC 2852 §4)",
    [[.some("+-", 0...1), .digits(1...9), .one(";"), .one("NR"), .some("T", 0...1)]],
    sound: { text in
      let isReturned = text.contains(UInt8(ascii: "R"))
      let isPositive = text.first != UInt8(ascii: "-") && text.contains { (0x31...0x39).contains($0) }
      return !isReturned || isPositive
    })

  fileprivate static let priority = pattern(
    "-9…9", "a whole number from -9 to 9 (RFC 6710 §4)", [[.one("0")], [.some("-", 0...1), .one("123456789")]])

  fileprivate static let notification = list(
    of: ["SUCCESS", "FAILURE", "DELAY"], orOne: ["NEVER"],
    "NEVER, or SUCCESS, FAILURE and DELAY as a list (RFC 3461 §4.1)")
}

/// The limits of LIMITS in words.
enum SessionLimits {
  /// The limits that are known and well formed; what is not is passed over, as RFC 9422 §3 has it.
  static func text(_ parameters: [String]) -> String? {
    let units = ["MAILMAX": "message", "RCPTMAX": "recipient", "RCPTDOMAINMAX": "domain"]
    let limits = parameters.compactMap { parameter -> String? in
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let unit = units[parts[0].uppercased()] else { return nil }
      let isNumber = PatternElement.fit(Array(parts[1].utf8), [.one("123456789"), .digits(0...5)]) == .whole
      return isNumber ? "\(parts[1]) \(unit)\(parts[1] == "1" ? "" : "s")" : nil
    }
    return limits.isEmpty ? nil : "at most " + limits.joined(separator: ", ")
  }
}

/// The limit of SIZE in words.
enum SizeLimit {
  /// The limit in the greatest binary unit that leaves a number of at least one.
  static func text(_ parameters: [String]) -> String {
    guard let parameter = parameters.first, parameter != "0" else { return "no limit named" }
    guard let octets = Int(parameter), octets > 0 else { return "a limit that is no number" }
    if octets < 1024 { return "\(octets) octets limit" }
    let unit = octets >= 1 << 30 ? (1 << 30, "GiB") : octets >= 1 << 20 ? (1 << 20, "MiB") : (1024, "KiB")
    let (whole, rest) = octets.quotientAndRemainder(dividingBy: unit.0)
    let tenth = rest / (unit.0 / 10)
    return tenth == 0 || tenth > 9 || whole >= 100 ? "\(whole) \(unit.1) limit" : "\(whole).\(tenth) \(unit.1) limit"
  }
}
