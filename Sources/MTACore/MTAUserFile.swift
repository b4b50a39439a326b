import SASL
import SMTPSession
import SMTPWire

/// What is wrong with a file of users, and where.
package struct MTAUserFileDiagnostic: Error, Hashable, Sendable {
  /// The line, from 1.
  package let line: Int
  /// The octet of the line, from 1.
  package let column: Int
  /// What was expected.
  package let words: String
}

/// The file of users: a line for each secret of a user, with the user's name, a blank, the kind, `$` and the secret.
///
///     # those who may log in
///     alice SCRAM-SHA-256$4096:SALT$STOREDKEY:SERVERKEY
///     bob PLAIN$a password, as it is to the end of the line
///     bob BEARER$a token
///
/// Empty lines and those that begin with `#` count for nothing.
package enum MTAUserFile {
  /// The greatest number of iterations of a verifier.
  package static let iterationLimit = 1_000_000

  /// The users in the order of their first lines.
  package static func read(_ octets: [UInt8]) throws(MTAUserFileDiagnostic) -> [MTAUser] {
    var users: [MTAUser] = []
    for (index, line) in octets.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = line.last == 0x0D ? line.dropLast() : line
      if text.isEmpty || text.first == UInt8(ascii: "#") { continue }
      let name = try name(Array(text.prefix { $0 != 0x20 && $0 != 0x09 }), line: index + 1)
      let place = users.firstIndex { $0.name == name } ?? users.endIndex
      if place == users.endIndex { users.append(MTAUser(name)) }
      let secret = text.dropFirst(name.utf8.count).drop { $0 == 0x20 || $0 == 0x09 }
      if let words = store(Array(secret), &users[place]) {
        throw MTAUserFileDiagnostic(line: index + 1, column: secret.startIndex - line.startIndex + 1, words: words)
      }
    }
    return users
  }

  private static func name(_ octets: [UInt8], line: Int) throws(MTAUserFileDiagnostic) -> String {
    guard let name = String(validating: octets, as: UTF8.self), !name.isEmpty, !octets.contains(UInt8(ascii: "@")),
      octets.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), name == name.lowercased()
    else {
      let words = "expected a user's name, in lower case and without a domain: all domains of the server are his"
      throw MTAUserFileDiagnostic(line: line, column: 1, words: words)
    }
    return name
  }

  /// Takes a secret in; gives what was expected where it is none.
  private static func store(_ text: [UInt8], _ user: inout MTAUser) -> String? {
    let parts = text.split(separator: UInt8(ascii: "$"), maxSplits: 1, omittingEmptySubsequences: false)
    let kind = String(decoding: parts[0], as: UTF8.self)
    let value = parts.count == 2 ? Array(parts[1]) : []
    switch kind {
    case "PLAIN" where parts.count == 2:
      if value.isEmpty { return "a password cannot be empty" }
      if value.contains(0) { return "a password cannot hold NUL (RFC 4616 §2)" }
      user.password = value
    case "BEARER" where !value.isEmpty:
      guard value.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        return "a bearer token holds only printable ASCII without blanks (RFC 6750 §2.1)"
      }
      user.token = String(decoding: value, as: UTF8.self)
    case "SCRAM-SHA-1", "SCRAM-SHA-256":
      guard let verifier = SCRAMVerifier(String(decoding: text, as: UTF8.self)),
        verifier.iterations <= iterationLimit
      else {
        return "expected \(kind)$ITERATIONS:SALT$STOREDKEY:SERVERKEY, at most \(iterationLimit) iterations; "
          + "parley mta user NAME makes it"
      }
      user.verifiers.removeAll { $0.hash == verifier.hash }
      user.verifiers.append(verifier)
    default:
      return "expected SCRAM-SHA-256$, SCRAM-SHA-1$, PLAIN$ or BEARER$ and a secret; parley mta user NAME makes it"
    }
    return nil
  }
}
