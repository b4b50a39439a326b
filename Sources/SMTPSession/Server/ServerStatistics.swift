import SMTPWire

/// How often each command was used, and how often it succeeded, as the last log line of a session tells it.
struct ServerStatistics: Hashable, Sendable {
  /// What is counted, in the order of the log line.
  enum Kind: String, CaseIterable, Sendable {
    case helo, ehlo, xclient, xforward, starttls, auth, mail, rcpt, data, bdat, rset, noop, vrfy, etrn, quit, unknown
  }

  private var totals = [Int](repeating: 0, count: Kind.allCases.count)
  private var successes = [Int](repeating: 0, count: Kind.allCases.count)

  /// Counts a command that has come.
  mutating func began(_ kind: Kind) { totals[kind.index] += 1 }

  /// Counts a command that went well.
  mutating func succeeded(_ kind: Kind) { successes[kind.index] += 1 }

  /// Such as `ehlo=1 mail=1/2 commands=2/3`.
  var text: String {
    let used = Kind.allCases.filter { totals[$0.index] > 0 }
    let parts = used.map { "\($0.rawValue)=\(Self.fraction(successes[$0.index], totals[$0.index]))" }
    let all = totals.reduce(0, +)
    let sum = all == 0 ? "0/0" : Self.fraction(successes.reduce(0, +), all)
    return (parts + ["commands=\(sum)"]).joined(separator: " ")
  }

  private static func fraction(_ good: Int, _ all: Int) -> String { good == all ? "\(all)" : "\(good)/\(all)" }
}

extension ServerStatistics.Kind {
  fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether the command counts as junk when it brings no mail.
  var isJunk: Bool {
    switch self {
    case .helo, .ehlo, .rset, .noop, .vrfy, .etrn: true
    default: false
    }
  }

  /// Whether nothing may follow it in a group (RFC 2920 §3.1).
  var endsGroup: Bool {
    switch self {
    case .mail, .rcpt, .rset, .bdat: false
    default: true
    }
  }
}
