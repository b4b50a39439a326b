import SMTPWire

/// Takes an AUTH line, a challenge or a bare base64 string apart and names its parts.
package struct SASLStringDecoder: Sendable {
  /// One part of what was encoded.
  package struct Field: Hashable, Sendable {
    /// What the part is: `authzid`, `user`, `password`, `prompt` …
    package let name: String
    package let octets: [UInt8]
    package let isSecret: Bool
  }

  /// Why a text cannot be taken apart, and at which of its octets from 0.
  package struct Failure: Error, Hashable, Sendable {
    package let message: String
    package let offset: Int
  }

  /// The mechanism or the step that the string belongs to, such as `PLAIN` or `LOGIN prompt`; nil when it may be any.
  package private(set) var kind: String?
  package private(set) var fields: [Field] = []
  /// What is probably wrong with the string though it can be decoded.
  package private(set) var notes: [String] = []

  /// Decodes a text as it was pasted: with or without `AUTH MECHANISM`, a reply code, or a transcript's `C:` before it.
  package init(_ text: String) throws(Failure) {
    let octets = Array(text.utf8)
    let (mechanism, start) = Self.head(of: octets)
    let encoded = octets[start...].prefix { !$0.isASCIIBlank && $0 != 0x0A && $0 != 0x0D }
    if encoded.isEmpty || encoded.elementsEqual("=".utf8) {
      kind = mechanism
      notes = ["there is no response in this line: the server will ask for it with 334"]
      return
    }
    do {
      classify(try Base64.decode(encoded), mechanism)
    } catch {
      throw Self.failure(error, start: start)
    }
  }

  private mutating func classify(_ octets: [UInt8], _ mechanism: String?) {
    let pieces = octets.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    if octets.last == 0x0A {
      notes.append("a line feed was encoded at the end, as `echo` without -n does; the server takes it as part of the secret")
    }
    if let inner = try? Base64.decode(octets), octets.count >= 8, octets.count % 4 == 0, inner.contains(0) {
      notes.append("this looks encoded twice: what it holds is base64 again")
    }
    if pieces.count == 3, mechanism == nil || mechanism == "PLAIN" { return plain(pieces) }
    if mechanism == "PLAIN" {
      notes.append("PLAIN has three fields with NUL between them (RFC 4616 §2); this string has \(pieces.count)")
    }
    classifyText(octets, mechanism)
  }

  private mutating func plain(_ pieces: [[UInt8]]) {
    kind = "PLAIN"
    fields = [
      Field(name: "authzid", octets: pieces[0], isSecret: false), Field(name: "user", octets: pieces[1], isSecret: false),
      Field(name: "password", octets: pieces[2], isSecret: true),
    ]
    if pieces[1].isEmpty { notes.append("the user's name is empty") }
    if pieces[2].isEmpty { notes.append("the password is empty") }
  }

  private mutating func classifyText(_ octets: [UInt8], _ mechanism: String?) {
    let text = String(decoding: octets, as: UTF8.self)
    let lower = text.lowercased()
    if lower.hasPrefix("username") || lower.hasPrefix("user name") || lower.hasPrefix("password") {
      kind = "LOGIN prompt"
      fields = [Field(name: "prompt", octets: octets, isSecret: false)]
    } else if text.hasPrefix("<"), text.hasSuffix(">"), text.contains("@") {
      kind = "CRAM-MD5 challenge"
      fields = [Field(name: "challenge", octets: octets, isSecret: false)]
    } else if let blank = octets.lastIndex(of: 0x20), octets.count - blank == 33,
      octets[(blank + 1)...].allSatisfy({ $0.hexadecimalValue != nil })
    {
      kind = "CRAM-MD5 response"
      fields = [
        Field(name: "user", octets: Array(octets[..<blank]), isSecret: false),
        Field(name: "digest", octets: Array(octets[(blank + 1)...]), isSecret: true),
      ]
    } else if mechanism == "LOGIN" {
      kind = "LOGIN"
      fields = [Field(name: "user", octets: octets, isSecret: false)]
    } else {
      kind = mechanism
      // A bare string may be LOGIN's password as well as anything else.
      fields = [Field(name: "text", octets: octets, isSecret: true)]
    }
  }

  /// The mechanism named in front of the string, and where the string begins.
  private static func head(of octets: [UInt8]) -> (mechanism: String?, start: Int) {
    var start = 0
    var mechanism: String?
    func skipBlanks() { while start < octets.count, octets[start].isASCIIBlank { start += 1 } }
    func word() -> ArraySlice<UInt8> { octets[start...].prefix { !$0.isASCIIBlank } }
    skipBlanks()
    if word().equalsIgnoringCase("C:") || word().equalsIgnoringCase("S:") {
      start += 2
      skipBlanks()
    }
    if word().elementsEqual("334".utf8) || word().elementsEqual("235".utf8) {
      start += 3
      skipBlanks()
    }
    if word().equalsIgnoringCase("AUTH") {
      start += 4
      skipBlanks()
      mechanism = String(decoding: word().map(\.asciiUppercased), as: UTF8.self)
      start += word().count
      skipBlanks()
    }
    return (mechanism, start)
  }

  private static func failure(_ failure: Base64.Failure, start: Int) -> Failure {
    switch failure {
    case .badOctet(let octet, let offset):
      Failure(message: "\"\(OctetText.readable([octet]))\" is not a base64 character", offset: start + offset)
    case .badLength(let length):
      Failure(message: "base64 comes in groups of four characters; this has \(length): something is cut off or `=` is missing", offset: start + length)
    case .badPadding(let offset):
      Failure(message: "the padding is wrong: `=` may stand at the end only, behind whole octets", offset: start + offset)
    }
  }
}
