import SMTPWire

/// Takes an AUTH line, a challenge, a token or a bare base64 string apart and names its parts.
package struct SASLStringDecoder: Hashable, Sendable {
  /// One part of what was encoded.
  package struct Field: Hashable, Sendable {
    /// What the part is: `authzid`, `user`, `password`, `prompt` …
    package let name: String
    /// The part itself, as it was encoded.
    package let octets: [UInt8]
    /// Whether it must not be shown unasked.
    package let isSecret: Bool

    init(_ name: String, _ octets: [UInt8], isSecret: Bool = false) {
      self.name = name
      self.octets = octets
      self.isSecret = isSecret
    }

    init(_ name: String, _ text: String) {
      self.init(name, Array(text.utf8))
    }
  }

  /// Why a text cannot be taken apart, and at which of its octets from 0.
  package struct Failure: Error, Hashable, Sendable {
    /// The reason.
    package let message: String
    /// Octets before the mistake.
    package let offset: Int
  }

  /// What is known of a string from the lines before it.
  struct Surroundings: Sendable {
    var mechanism: String?
    /// Which of the client's responses it is, from 1; nil where nobody knows.
    var response: Int?
    var isChallenge = false
    /// What the server asked for; nil where it did not ask.
    var prompt: SASLExchangeDecoder.Prompt?
  }

  /// The mechanism or the step that the string belongs to, such as `PLAIN` or `LOGIN prompt`; nil when it may be any.
  package internal(set) var kind: String?
  /// The parts in their order.
  package internal(set) var fields: [Field] = []
  /// What is probably wrong with the string though it can be decoded, and what its parts mean.
  package internal(set) var notes: [String] = []
  /// Whether it can be decoded but is no message of its mechanism, so that every server refuses it.
  package internal(set) var isMalformed = false
  /// Seconds since 1970, for tokens that expire; nil where nobody told.
  let now: Int?

  /// Decodes a text as it was pasted: with or without `AUTH MECHANISM`, a reply code, or a transcript's `C:` before it.
  package init(_ text: String, now: Int? = nil) throws(Failure) {
    let octets = Array(text.utf8)
    let head = SASLLineHead(octets)
    let surroundings = Surroundings(mechanism: head.mechanism, isChallenge: head.isChallenge)
    try self.init(octets, from: head.start, surroundings, now: now)
  }

  /// The same parts with asterisks in the place of those that are secret.
  package var forgotten: SASLStringDecoder {
    var decoder = self
    decoder.fields = fields.map { field in
      let stars = Array(repeating: UInt8(ascii: "*"), count: field.octets.count)
      return field.isSecret ? Field(field.name, stars, isSecret: true) : field
    }
    return decoder
  }

  /// A text that may hold a string, safe to show: bullets in the place of all words but AUTH, its mechanism, a code or
  /// a mark. A string that is no base64 may be a password as it was typed.
  package static func veiled(_ text: [UInt8]) -> String {
    func isGap(_ octet: UInt8) -> Bool { octet.isASCIIBlank || octet == 0x0A || octet == 0x0D }
    var veiled = ""
    for word in text.split(omittingEmptySubsequences: false, whereSeparator: isGap) {
      if word.startIndex > 0 { veiled += OctetText.readable([text[word.startIndex - 1]]) }
      let name = String(decoding: word.map(\.asciiUppercased), as: UTF8.self)
      let isCode = word.count == 3 && word.allSatisfy(\.isASCIIDigit)
      if isCode || ["AUTH", "C:", "S:"].contains(name) || SASLClientMechanisms.names.contains(name) {
        veiled += OctetText.readable(word)
      } else {
        veiled += String(repeating: "•", count: word.count)
      }
    }
    return veiled
  }

  /// Decodes the string that begins at an offset of a line.
  init(_ octets: [UInt8], from start: Int, _ surroundings: Surroundings, now: Int?) throws(Failure) {
    self.now = now
    let encoded = octets[start...].prefix { !$0.isASCIIBlank && $0 != 0x0A && $0 != 0x0D }
    if encoded.isEmpty || encoded.elementsEqual("=".utf8) {
      noteEmpty(encoded, surroundings)
      return
    }
    if surroundings.mechanism == nil, !surroundings.isChallenge, let claims = JWTClaims(Array(encoded)) {
      kind = "JWT"
      add(claims, prefix: "")
      return
    }
    let rest = octets[(start + encoded.count)...].drop { $0.isASCIIBlank || $0 == 0x0A || $0 == 0x0D }
    if surroundings.isChallenge, Self.isWords(encoded, rest) {
      noteWords(Array(octets[start...]), surroundings)
      return
    }
    do {
      let decoded = try Base64.decode(encoded)
      if !rest.isEmpty { notes.append("there is more behind the string, which a server would not take") }
      classify(decoded, surroundings)
      noteMistakes(decoded, isChallenge: surroundings.isChallenge)
    } catch {
      throw Self.failure(error, start: start, Array(encoded))
    }
  }

  private mutating func noteEmpty(_ encoded: ArraySlice<UInt8>, _ surroundings: Surroundings) {
    kind = surroundings.mechanism
    if surroundings.isChallenge {
      notes = ["the challenge is empty: the server asks for the response that did not come with AUTH"]
    } else if !encoded.isEmpty {
      notes = ["a lone `=` is an empty response (RFC 4954 §4)"]
    } else {
      notes = ["there is no response in this line: the server will ask for it with 334"]
    }
  }

  /// Whether a challenge is said in words: several of them, one with a colon, or letters that are no base64.
  private static func isWords(_ word: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>) -> Bool {
    if !rest.isEmpty || word.last == UInt8(ascii: ":") { return true }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    return word.allSatisfy(\.isASCIILetter)
      && (name == "username" || name == "password" || (try? Base64.decode(word)) == nil)
  }

  private mutating func noteWords(_ text: [UInt8], _ surroundings: Surroundings) {
    kind = surroundings.mechanism == "LOGIN" ? "LOGIN prompt" : surroundings.mechanism
    fields = [Field(surroundings.mechanism == "LOGIN" ? "prompt" : "text", text)]
    notes = ["this is no base64, which RFC 4954 §4 wants: the server says it in words"]
  }

  /// Makes every part one that is not shown unasked.
  mutating func keepSecret() {
    fields = fields.map { Field($0.name, $0.octets, isSecret: true) }
  }

  private mutating func noteMistakes(_ octets: [UInt8], isChallenge: Bool) {
    if octets.last == 0x0A, !isChallenge {
      notes.append(
        "a line feed was encoded at the end, as `echo` without -n does; the server takes it as part of the secret")
    }
    if Self.isEncodedTwice(octets) {
      let inner = try? SASLStringDecoder(String(decoding: octets, as: UTF8.self)).kind
      let what = inner.map { ", of \($0)" } ?? ""
      notes.append("this looks encoded twice: what it holds is base64 again" + what)
    }
    for field in fields where !field.octets.allSatisfy({ $0 < 0x80 }) && kind?.hasPrefix("NTLM") != true {
      if let note = Self.encodingNote(field) { notes.append(note) }
    }
  }

  private static func isEncodedTwice(_ octets: [UInt8]) -> Bool {
    guard octets.count >= 8, let inner = try? Base64.decode(octets), let text = String(validating: inner, as: UTF8.self)
    else { return false }
    // A password may be base64 by chance; what it would stand for is then hardly ever text.
    return text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0.value <= 1 || $0.value == 0x0A }
  }

  private static func encodingNote(_ field: Field) -> String? {
    guard let text = String(validating: field.octets, as: UTF8.self) else {
      return "the \(field.name) is not UTF-8 but looks like ISO 8859-1; servers expect UTF-8 (RFC 4616 §2)"
    }
    let latin = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    guard latin.count == text.unicodeScalars.count, String(validating: latin, as: UTF8.self) != nil else { return nil }
    return
      "the \(field.name) was in UTF-8, was taken for Latin-1 (ISO 8859-1) and made UTF-8 again: encode it once only"
  }

  private static func failure(_ failure: Base64.Failure, start: Int, _ encoded: [UInt8]) -> Failure {
    switch failure {
    case .badOctet(let octet, let offset):
      let name = OctetText.readable([octet])
      let isURL = octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
      let hint = isURL ? ": it is one of base64url, as in web tokens; SASL has + and /" : ""
      return Failure(message: "\"\(name)\" is not a base64 character\(hint)", offset: start + offset)
    case .badLength(let length):
      let message =
        "base64 comes in groups of four characters; this has \(length): something is cut off or `=` is missing"
      return Failure(message: message, offset: start + length)
    case .badPadding(let offset):
      return Failure(
        message: "the padding is wrong: `=` may stand at the end only, behind whole octets", offset: start + offset)
    }
  }
}
