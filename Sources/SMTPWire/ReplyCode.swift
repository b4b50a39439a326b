/// The three digits of a reply, of which the first says how it went (RFC 5321 §4.2.1).
package struct ReplyCode: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByIntegerLiteral
{
  /// What the first digit says.
  package enum Severity: Int, Sendable {
    /// 1yz: not used by SMTP.
    case preliminary = 1
    /// 2yz: done.
    case completion
    /// 3yz: more is expected from the client.
    case intermediate
    /// 4yz: refused for now.
    case transientFailure
    /// 5yz: refused.
    case permanentFailure
  }

  /// A number from 0 to 999.
  package let rawValue: Int

  /// Makes a code of a number; nil outside 0 to 999.
  package init?(rawValue: Int) {
    guard (0...999).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  /// Makes a code that stands in the source.
  package init(integerLiteral value: Int) {
    rawValue = min(max(value, 0), 999)
  }

  /// Reads exactly three ASCII digits; nil for anything else.
  package init?(octets: some Collection<UInt8>) {
    guard octets.count == 3, octets.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    rawValue = octets.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// The class of the code; nil when the first digit is none that SMTP knows.
  package var severity: Severity? { Severity(rawValue: rawValue / 100) }
  /// Whether the command was accepted and completed.
  package var isCompletion: Bool { severity == .completion }
  /// Whether it can accept a command of a mail transaction: 2yz, but for 220, 221 and 235, which answer a command of
  /// their own and are out of place elsewhere (RFC 5321 §4.3.2, RFC 4954 §6).
  package var isAcceptance: Bool { isCompletion && ![220, 221, 235].contains(rawValue) }
  /// Whether the same command may succeed later.
  package var isTransientFailure: Bool { severity == .transientFailure }
  /// Whether the code refuses, for now or for good.
  package var isFailure: Bool { isTransientFailure || severity == .permanentFailure }
  /// Whether RFC 5321 §4.2 lets a server send it: 2 to 5, then 0 to 5, then any digit.
  package var isWellFormed: Bool { (2...5).contains(rawValue / 100) && (rawValue / 10) % 10 <= 5 }

  /// The three digits.
  package var description: String {
    String(UnicodeScalar(UInt8(0x30 + rawValue / 100))) + String(UnicodeScalar(UInt8(0x30 + rawValue / 10 % 10)))
      + String(UnicodeScalar(UInt8(0x30 + rawValue % 10)))
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The machine-readable reason in a reply's text, such as 5.7.1 (RFC 3463, RFC 2034).
package struct EnhancedStatusCode: Hashable, Sendable, CustomStringConvertible {
  /// 2 done, 4 temporary failure, 5 permanent failure.
  package let classDigit: Int
  /// What the reason is about, from 0 to 999.
  package let subject: Int
  /// The reason itself, from 0 to 999.
  package let detail: Int

  /// Makes a code of its three numbers, which are not checked.
  package init(_ classDigit: Int, _ subject: Int, _ detail: Int) {
    self.classDigit = classDigit
    self.subject = subject
    self.detail = detail
  }

  /// Reads the code at the beginning of a reply's text, which a blank or the end must follow; nil when none is there.
  package init?(prefixOf text: some Collection<UInt8>) {
    var numbers: [Int] = []
    var digits = 0
    var value = 0
    for octet in text.prefix(12) {
      switch octet {
      case 0x30...0x39 where digits < 3:
        value = value * 10 + Int(octet - 0x30)
        digits += 1
        continue
      // The class is one digit.
      case UInt8(ascii: ".") where numbers.isEmpty ? digits == 1 : digits > 0 && numbers.count == 1:
        numbers.append(value)
        (value, digits) = (0, 0)
        continue
      case UInt8(ascii: " "): break
      default: return nil
      }
      break
    }
    guard numbers.count == 2, digits > 0, [2, 4, 5].contains(numbers[0]) else { return nil }
    self.init(numbers[0], numbers[1], value)
  }

  /// The three numbers with dots between them.
  package var description: String { "\(classDigit).\(subject).\(detail)" }
}
