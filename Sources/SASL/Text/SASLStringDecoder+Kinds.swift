import SMTPWire

extension SASLStringDecoder {
  /// Tells what decoded octets are; what surrounds them decides where they could be several things.
  ///
  /// An answer of a known mechanism is taken for nothing else: a password of LOGIN may look like a prompt.
  mutating func classify(_ octets: [UInt8], _ surroundings: Surroundings) {
    let mechanism = surroundings.mechanism
    func may(_ names: String...) -> Bool { mechanism.map { name in names.contains { name.hasPrefix($0) } } ?? true }
    if may("NTLM", "GSS"), let message = NTLMMessage(octets) { return add(message) }
    if may("XOAUTH2", "OAUTHBEARER"), let message = OAuthMessage(octets) { return add(message) }
    if surroundings.isChallenge || mechanism == nil, octets.first == UInt8(ascii: "{"), JSONValue(octets) != nil {
      return add(OAuthRefusal(octets))
    }
    if may("SCRAM-"), addScram(octets, mechanism) { return }
    if may("DIGEST-MD5"), addDigest(octets, mechanism) { return }
    let pieces = octets.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    if pieces.count == 3, may("PLAIN"), !surroundings.isChallenge { return addPlain(pieces) }
    if !surroundings.isChallenge {
      let isNamed = mechanism == "PLAIN"
      if isNamed || mechanism == nil && Self.looksLikePlain(pieces, octets) { noteMissing(pieces, octets, isNamed) }
      if let mechanism, may("XOAUTH2", "OAUTHBEARER"), octets != [1] { noteOAuth(octets, mechanism) }
    }
    if addText(octets, surroundings) { return }
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

  private mutating func noteMissing(_ pieces: [[UInt8]], _ octets: [UInt8], _ isNamed: Bool) {
    isMalformed = isNamed
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
    isMalformed = true
    var reason = "no `auth=Bearer TOKEN` is in it"
    if !octets.contains(1) { reason = "there is no ^A (0x01) between its parts" }
    notes.append("this is no message of \(mechanism), which is \(form): \(reason)")
  }

  private mutating func addScram(_ octets: [UInt8], _ mechanism: String?) -> Bool {
    let name = mechanism ?? "SCRAM"
    let parts = octets.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false).map(
      Array.init)
    if parts.count == 3, let text = ScramText(parts[2]), text["r"] != nil,
      parts[0].starts(with: "p=".utf8) || ScramText(octets) == nil
    {
      kind = "\(name) first message of the client"
      noteHeader(flag: parts[0], identity: parts[1])
      fields = [Field("binding", Self.binding(parts[0])), Field("authzid", Array(parts[1].dropFirst(2)))]
      add(text)
      return true
    }
    guard let text = ScramText(octets), let step = Self.scramStep(text) else {
      if mechanism != nil {
        isMalformed = true
        notes.append("this is no message of SCRAM: it has no attributes as in n=…,r=… (RFC 5802 §5.1)")
      }
      return false
    }
    kind = "\(name) \(step.name)"
    for letter in step.wants where text[letter] == nil {
      isMalformed = mechanism != nil
      notes.append("the attribute \(letter)= is missing")
    }
    add(text)
    return true
  }

  /// What is wrong in the GS2 header of SCRAM's first message (RFC 5802 §7).
  private mutating func noteHeader(flag: [UInt8], identity: [UInt8]) {
    let isPlain = flag.elementsEqual("n".utf8) || flag.elementsEqual("y".utf8)
    if !isPlain, !(flag.starts(with: "p=".utf8) && flag.count > 2) {
      isMalformed = true
      notes.append(
        "the GS2 flag is \"\(OctetText.readable(flag))\"; it is n, y or p=NAME with the name of a channel binding (RFC 5802 §7)"
      )
    }
    if !identity.isEmpty, !identity.starts(with: "a=".utf8) {
      isMalformed = true
      notes.append(
        "behind the GS2 flag stands the authzid, a=NAME or nothing, and a comma (RFC 5802 §7): one is missing")
    } else if ScramText.unescaped(Array(identity.dropFirst(2))) == nil {
      noteEscape("authzid")
    }
  }

  private mutating func noteEscape(_ name: String) {
    isMalformed = true
    notes.append("in the \(name) an `=` begins no escape: `=` is written =3D, `,` is written =2C (RFC 5802 §5.1)")
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
      if name == "user", ScramText.unescaped(attribute.value) == nil { noteEscape("user's name") }
      if name == "error" { notes.append(Self.meaning(ofScramError: attribute.value)) }
      if name == "iterations", let count = ScramText.number(attribute.value), count < 4096 {
        notes.append("\(count) iterations are few: RFC 5802 §5.1 wants 4096 at least")
      }
    }
  }

  /// What a server's `e=` means (RFC 5802 §7).
  private static func meaning(ofScramError value: [UInt8]) -> String {
    let meaning =
      switch String(decoding: value, as: UTF8.self) {
      case "invalid-encoding": "a message was no SCRAM"
      case "extensions-not-supported": "the client used an extension that the server does not know"
      case "invalid-proof": "the password is wrong"
      case "channel-bindings-dont-match": "client and server see different TLS connections: somebody may be between"
      case "server-does-support-channel-binding":
        "the server offers -PLUS and the client did not see it: somebody may have taken it out of the list"
      case "channel-binding-not-supported": "the server cannot bind the login to the TLS connection"
      case "unsupported-channel-binding-type": "the server does not know this kind of channel binding"
      case "unknown-user": "there is no such user"
      case "invalid-username-encoding": "the user's name is not in UTF-8, or SASLprep forbids it"
      case "no-resources": "the server has no resources left; it may go better later"
      default: "the login failed for a reason that has no registered name"
      }
    return "the server refuses: \(meaning) (RFC 5802 §7)"
  }

  private mutating func addDigest(_ octets: [UInt8], _ mechanism: String?) -> Bool {
    guard let directives = DigestDirectives(octets) else {
      if mechanism != nil {
        isMalformed = true
        notes.append("this is no message of DIGEST-MD5: it has no directives as in name=\"value\" (RFC 2831 §7.1)")
      }
      return false
    }
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
    for name in step.wants where directives[name] == nil {
      isMalformed = mechanism != nil
      notes.append("the directive \(name) is missing")
    }
    fields = directives.list.map { Field($0.name, $0.value, isSecret: $0.name == "response") }
    return true
  }

  /// What is known by its looks alone.
  private mutating func addText(_ octets: [UInt8], _ surroundings: Surroundings) -> Bool {
    let text = String(decoding: octets, as: UTF8.self)
    let (mechanism, isChallenge) = (surroundings.mechanism, surroundings.isChallenge)
    if isChallenge ? mechanism == "LOGIN" || Self.isPrompt(text) : mechanism == nil && Self.isPrompt(text) {
      kind = "LOGIN prompt"
      fields = [Field("prompt", octets)]
    } else if isChallenge || mechanism == nil, text.hasPrefix("<"), text.hasSuffix(">"), text.contains("@") {
      kind = "CRAM-MD5 challenge"
      fields = [Field("challenge", octets)]
    } else if !isChallenge, mechanism == nil || mechanism == "CRAM-MD5", let blank = octets.lastIndex(of: 0x20),
      octets.count - blank == 33, octets[(blank + 1)...].allSatisfy({ $0.hexadecimalValue != nil })
    {
      kind = "CRAM-MD5 response"
      fields = [Field("user", Array(octets[..<blank])), Field("digest", Array(octets[(blank + 1)...]), isSecret: true)]
    } else {
      return false
    }
    return true
  }

  /// Whether a text is exactly what servers ask in LOGIN; anything longer may be somebody's password.
  private static func isPrompt(_ text: String) -> Bool {
    let name = text.lowercased().filter { $0 != "\0" && $0 != " " && $0 != ":" }
    return name == "username" || name == "password"
  }

  /// What a bare text is: the prompt before it tells, else how many answers came before it.
  private func placedField(_ fields: [String], _ surroundings: Surroundings) -> String? {
    if fields.count < 2 { return fields.first }
    switch surroundings.prompt {
    case .user: return "user"
    case .password: return "password"
    case .unknown: return nil
    case nil: break
    }
    let place = (surroundings.response ?? 1) - 1
    return fields.indices.contains(place) ? fields[place] : nil
  }

  /// What nothing but its place tells.
  private mutating func addByPlace(_ octets: [UInt8], _ surroundings: Surroundings) {
    kind = surroundings.mechanism
    let entry = surroundings.mechanism.flatMap { SASLMechanismTable.entry($0) }
    if let name = placedField(entry?.fields ?? [], surroundings) {
      fields = [Field(name, octets, isSecret: name == "password")]
    } else if entry?.proof == .token, octets == [1] {
      notes.append("the client has taken the refusal in; 535 follows")
    } else if entry?.name == "CRAM-MD5", !surroundings.isChallenge {
      isMalformed = true
      notes.append("a response of CRAM-MD5 is the user's name, a blank and 32 hexadecimal digits (RFC 2195 §2)")
      fields = [Field("text", octets, isSecret: true)]
    } else {
      // A bare string may be LOGIN's password as well as anything else; a challenge is no secret.
      fields = [Field("text", octets, isSecret: !surroundings.isChallenge)]
    }
  }
}
