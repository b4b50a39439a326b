import SMTPWire

extension SASLStringDecoder {
  /// Tells what decoded octets are; what surrounds them decides where they could be several things.
  mutating func classify(_ octets: [UInt8], _ surroundings: Surroundings) {
    let mechanism = surroundings.mechanism
    if let message = NTLMMessage(octets) { return add(message) }
    if let message = OAuthMessage(octets) { return add(message) }
    if octets.first == UInt8(ascii: "{"), JSONValue(octets) != nil { return add(OAuthRefusal(octets)) }
    if mechanism == nil || mechanism?.hasPrefix("SCRAM-") == true, addScram(octets, mechanism) { return }
    if mechanism == nil || mechanism == "DIGEST-MD5", addDigest(octets) { return }
    let pieces = octets.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    if pieces.count == 3, mechanism == nil || mechanism == "PLAIN" { return addPlain(pieces) }
    if mechanism == "PLAIN" || mechanism == nil && Self.looksLikePlain(pieces, octets) { noteMissing(pieces, octets) }
    if mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER" { noteOAuth(octets, mechanism ?? "") }
    if addText(octets) { return }
    addByPlace(octets, surroundings)
  }

  private mutating func addPlain(_ pieces: [[UInt8]]) {
    kind = "PLAIN"
    fields = [Field("authzid", pieces[0]), Field("user", pieces[1]), Field("password", pieces[2], isSecret: true)]
    if pieces[1].isEmpty { notes.append("the user's name is empty") }
    if pieces[2].isEmpty { notes.append("the password is empty") }
    if !pieces[0].isEmpty, pieces[0] == pieces[1] {
      notes.append("the authzid is the user's own name: it may be left empty")
    }
  }

  /// Whether a string of which nothing is known was probably to be one of PLAIN.
  private static func looksLikePlain(_ pieces: [[UInt8]], _ octets: [UInt8]) -> Bool {
    let isText = String(validating: octets, as: UTF8.self) != nil
    return isText && (pieces.count == 2 || pieces.count == 4 || octets.starts(with: "\\0".utf8))
  }

  private mutating func noteMissing(_ pieces: [[UInt8]], _ octets: [UInt8]) {
    var note = "PLAIN has three fields with NUL between them (RFC 4616 §2); this string has \(pieces.count)"
    switch pieces.count {
    case 2 where pieces[0].isEmpty: note += ": the password is missing, or the user's name"
    case 2: note += ": the authzid is missing; the string begins with NUL where it is empty"
    case 1 where octets.contains(UInt8(ascii: "\\")): note += ": a backslash and a digit were encoded instead of NUL"
    case 1 where octets.contains(UInt8(ascii: ":")): note += ": name and password with a colon are HTTP's way"
    case 1: note += ": the authzid and the password are missing"
    default: note += ": neither name nor password can hold NUL"
    }
    notes.append(note)
  }

  private mutating func noteOAuth(_ octets: [UInt8], _ mechanism: String) {
    let form =
      mechanism == "XOAUTH2"
      ? "user=NAME^Aauth=Bearer TOKEN^A^A" : "n,a=NAME,^Ahost=HOST^Aport=PORT^Aauth=Bearer TOKEN^A^A"
    var reason = "no `auth=Bearer TOKEN` is in it"
    if !octets.contains(1) { reason = "there is no ^A (0x01) between its parts" }
    notes.append("this is no message of \(mechanism), which is \(form): \(reason)")
  }

  private mutating func addScram(_ octets: [UInt8], _ mechanism: String?) -> Bool {
    let name = mechanism ?? "SCRAM"
    let parts = octets.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false).map(
      Array.init)
    let flags: Set<UInt8> = [UInt8(ascii: "n"), UInt8(ascii: "y"), UInt8(ascii: "p")]
    if parts.count == 3, let flag = parts[0].first, flags.contains(flag), let text = ScramText(parts[2]),
      text["r"] != nil
    {
      kind = "\(name) first message of the client"
      fields = [Field("binding", Self.binding(parts[0])), Field("authzid", Array(parts[1].dropFirst(2)))]
      add(text)
      return true
    }
    guard let text = ScramText(octets), let step = Self.scramStep(text) else {
      if mechanism != nil {
        notes.append("this is no message of SCRAM: it has no attributes as in n=…,r=… (RFC 5802 §5.1)")
      }
      return false
    }
    kind = "\(name) \(step.name)"
    for letter in step.wants where text[letter] == nil { notes.append("the attribute \(letter)= is missing") }
    add(text)
    return true
  }

  private static func binding(_ flag: [UInt8]) -> String {
    switch flag.first {
    case UInt8(ascii: "y"): "none, though the client could (y)"
    case UInt8(ascii: "p"): OctetText.readable(flag.dropFirst(2))
    default: "none (n)"
    }
  }

  private static func scramStep(_ text: ScramText) -> (name: String, wants: [Character])? {
    if text["p"] != nil || text["c"] != nil { return ("final message of the client", ["c", "r", "p"]) }
    if text["s"] != nil || text["i"] != nil { return ("first message of the server", ["r", "s", "i"]) }
    let isAlone = text.attributes.count == 1
    if isAlone, text["v"] != nil { return ("final message of the server", ["v"]) }
    return isAlone && text["e"] != nil ? ("refusal of the server", ["e"]) : nil
  }

  private mutating func add(_ text: ScramText) {
    let names: [UInt8: String] = [
      UInt8(ascii: "n"): "user", UInt8(ascii: "r"): "nonce", UInt8(ascii: "s"): "salt", UInt8(ascii: "i"): "iterations",
      UInt8(ascii: "c"): "bound", UInt8(ascii: "p"): "proof", UInt8(ascii: "v"): "signature",
      UInt8(ascii: "e"): "error",
      UInt8(ascii: "m"): "extension",
    ]
    for attribute in text.attributes {
      let name = names[attribute.name] ?? String(decoding: [attribute.name], as: UTF8.self)
      let value = name == "user" ? ScramText.unescaped(attribute.value) ?? attribute.value : attribute.value
      fields.append(Field(name, value, isSecret: name == "proof"))
      if name == "iterations", let count = ScramText.number(attribute.value), count < 4096 {
        notes.append("\(count) iterations are few: RFC 5802 §5.1 wants 4096 at least")
      }
    }
  }

  private mutating func addDigest(_ octets: [UInt8]) -> Bool {
    guard let directives = DigestDirectives(octets) else { return false }
    let step: (name: String, wants: [String])
    if directives["rspauth"] != nil {
      step = ("proof of the server", ["rspauth"])
    } else if directives["response"] != nil || directives["username"] != nil {
      step = ("response", ["username", "nonce", "cnonce", "nc", "digest-uri", "response"])
    } else if directives["nonce"] != nil || directives["algorithm"] != nil {
      step = ("challenge", ["nonce", "algorithm"])
    } else {
      return false
    }
    kind = "DIGEST-MD5 \(step.name)"
    for name in step.wants where directives[name] == nil { notes.append("the directive \(name) is missing") }
    fields = directives.list.map { Field($0.name, $0.value, isSecret: $0.name == "response") }
    return true
  }

  /// What is known by its looks alone.
  private mutating func addText(_ octets: [UInt8]) -> Bool {
    let text = String(decoding: octets, as: UTF8.self)
    let lower = text.lowercased()
    if lower.hasPrefix("username") || lower.hasPrefix("user name") || lower.hasPrefix("password") && octets.count < 16 {
      kind = "LOGIN prompt"
      fields = [Field("prompt", octets)]
    } else if text.hasPrefix("<"), text.hasSuffix(">"), text.contains("@") {
      kind = "CRAM-MD5 challenge"
      fields = [Field("challenge", octets)]
    } else if let blank = octets.lastIndex(of: 0x20), octets.count - blank == 33,
      octets[(blank + 1)...].allSatisfy({ $0.hexadecimalValue != nil })
    {
      kind = "CRAM-MD5 response"
      fields = [Field("user", Array(octets[..<blank])), Field("digest", Array(octets[(blank + 1)...]), isSecret: true)]
    } else {
      return false
    }
    return true
  }

  /// What nothing but its place tells.
  private mutating func addByPlace(_ octets: [UInt8], _ surroundings: Surroundings) {
    kind = surroundings.mechanism
    switch (surroundings.mechanism, surroundings.response) {
    case ("LOGIN", nil), ("LOGIN", 1), ("EXTERNAL", _), ("ANONYMOUS", _):
      fields = [Field(surroundings.mechanism == "ANONYMOUS" ? "trace" : "user", octets)]
    case ("LOGIN", 2): fields = [Field("password", octets, isSecret: true)]
    case ("OAUTHBEARER", _) where octets == [1]:
      notes.append("the client has taken the refusal in; 535 follows")
    default:
      // A bare string may be LOGIN's password as well as anything else; a challenge is no secret.
      fields = [Field("text", octets, isSecret: !surroundings.isChallenge)]
    }
  }
}
