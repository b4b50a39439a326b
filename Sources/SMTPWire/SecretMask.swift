/// Takes what is known as a secret out of what a peer says.
///
/// A server may send a password back: as it is, within base64 at any place of a group, or as the line of AUTH that
/// brought it. Secrecy is marked where a secret is born; this is for the one way on which it can come back.
package struct SecretMask: Sendable {
  /// What stands in a secret's place.
  package static let stars = Array("***".utf8)
  /// Shorter secrets are not looked for: they would be found in every other word.
  package static let leastCount = 4

  private var needles: [Secret] = []

  /// A mask that knows no secret, and costs nothing.
  package init() {}

  /// Whether no secret is known.
  package var isEmpty: Bool { needles.isEmpty }

  /// Knows the secrets of a line from now on.
  package mutating func add(_ line: OutgoingLine) {
    for case .secret(let secret) in line.parts { add(secret) }
  }

  /// Knows a secret from now on, and the password or token that is encoded in it.
  package mutating func add(_ secret: Secret) {
    let octets = secret.octets
    // A user's name is marked in a line, but servers greet users by it.
    if secret.name.hasSuffix("username") { return }
    addNeedle(octets)
    if secret.name.hasSuffix("password") || secret.name == "token" { addEncoded(octets) }
    guard let decoded = try? Base64.decode(octets) else { return }
    let fields = decoded.split(separator: 0, omittingEmptySubsequences: false)
    if fields.count == 3 { return addEncoded(Array(fields[2])) }
    let bearer = Array("auth=Bearer ".utf8)
    for part in decoded.split(separator: 1) where part.starts(with: bearer) {
      addEncoded(Array(part.dropFirst(bearer.count)))
    }
    if secret.name == "auth.login.password" { addEncoded(decoded) }
  }

  /// Knows octets as they are, and what they are within base64.
  private mutating func addEncoded(_ octets: [UInt8]) {
    guard octets.count >= Self.leastCount else { return }
    addNeedle(octets)
    for shift in 0..<3 {
      let text = Base64.encode(Array(repeating: 0, count: shift) + octets)
      // The characters that no other octet has a part in.
      let first = shift == 0 ? 0 : shift + 1
      addNeedle(Array(text[first..<(shift + octets.count) * 8 / 6]))
    }
  }

  private mutating func addNeedle(_ octets: [UInt8]) {
    guard octets.count >= Self.leastCount else { return }
    let needle = Secret(name: "needle", octets: octets)
    guard !needles.contains(needle) else { return }
    needles.append(needle)
    // The longest first: a password may stand within its own AUTH line.
    needles.sort { $0.count > $1.count }
  }

  /// A line of the server's without secrets; its code is never touched.
  package func masked(_ line: WireLine) -> WireLine {
    guard !isEmpty else { return line }
    let start =
      line.octets.count >= 3 && line.octets.prefix(3).allSatisfy(\.isASCIIDigit) ? min(4, line.octets.count) : 0
    let text = masked(Array(line.octets[start...]))
    return text.count == line.octets.count - start && text.elementsEqual(line.octets[start...])
      ? line : WireLine(Array(line.octets[..<start]) + text, ending: line.ending)
  }

  /// Octets without secrets.
  package func masked(_ octets: [UInt8]) -> [UInt8] {
    needles.reduce(octets) { $1.octets.isEmpty ? $0 : Self.replacing($1.octets, in: $0) }
  }

  /// The beginning of a line that has not ended, without secrets, and without what could become one.
  package func releasable(_ octets: [UInt8]) -> [UInt8] {
    var held = 0
    for needle in needles {
      let secret = needle.octets
      for count in stride(from: min(secret.count - 1, octets.count), to: held, by: -1)
      where octets.suffix(count).elementsEqual(secret.prefix(count)) {
        held = count
        break
      }
    }
    return masked(WireLine(octets.dropLast(held), ending: .none)).octets
  }

  private static func replacing(_ needle: [UInt8], in octets: [UInt8]) -> [UInt8] {
    var result: [UInt8]?
    var copied = 0
    var index = 0
    while index + needle.count <= octets.count {
      guard octets[index] == needle[0], octets[index..<index + needle.count].elementsEqual(needle) else {
        index += 1
        continue
      }
      result = (result ?? []) + octets[copied..<index] + stars
      index += needle.count
      copied = index
    }
    return result.map { $0 + octets[copied...] } ?? octets
  }
}
