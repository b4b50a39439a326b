import SMTPWire

/// What stands before the string in a line of a conversation.
struct SASLLineHead {
  /// The mechanism that AUTH names; nil without AUTH.
  private(set) var mechanism: String?
  /// The code of a reply; nil in a command.
  private(set) var code: Int?
  /// Who says it, as a transcript marks it; nil where nothing tells.
  private(set) var isServer: Bool?
  /// Whether a transcript's mark told who says it.
  private(set) var isMarked = false
  /// Where the line itself begins, behind a transcript's mark.
  private(set) var lineStart = 0
  /// Where the string begins.
  private(set) var start = 0

  /// Whether it is a reply of 334, whose text is a challenge.
  var isChallenge: Bool { code == 334 }

  /// Reads a line's head: `C:` and `S:`, the arrows of other programs, a reply's code, AUTH and its mechanism.
  init(_ line: [UInt8]) {
    skipBlanks(line)
    readMark(line)
    lineStart = start
    let word = word(line)
    if isServer != false, readCode(word) {
      skipBlanks(line)
    } else if word.equalsIgnoringCase("AUTH") {
      start += 4
      skipBlanks(line)
      mechanism = String(decoding: self.word(line).map(\.asciiUppercased), as: UTF8.self)
      start += self.word(line).count
      skipBlanks(line)
      isServer = false
    }
  }

  /// Reads a reply's code: three digits alone or before a hyphen, `334` whatever follows, the lone `+` of IMAP and POP3.
  private mutating func readCode(_ word: ArraySlice<UInt8>) -> Bool {
    let digits = word.prefix(3)
    if word.elementsEqual("+".utf8) {
      (code, isServer) = (334, true)
      start += 1
      return true
    }
    let isChallenge = digits.elementsEqual("334".utf8)
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), let value = ScramText.number(digits),
      word.count == 3 || word.dropFirst(3).first == UInt8(ascii: "-") || isChallenge
    else { return false }
    (code, isServer) = (value, true)
    start += word.count > 3 && word.dropFirst(3).first == UInt8(ascii: "-") ? 4 : 3
    return true
  }

  private func word(_ line: [UInt8]) -> ArraySlice<UInt8> {
    line[start...].prefix { !$0.isASCIIBlank && $0 != 0x0A && $0 != 0x0D }
  }

  private mutating func skipBlanks(_ line: [UInt8]) {
    while start < line.count, line[start].isASCIIBlank { start += 1 }
  }

  /// Reads a transcript's mark, and a time or a date that stands before it.
  private mutating func readMark(_ line: [UInt8]) {
    let begin = start
    for _ in 0..<3 {
      let mark = word(line)
      if let side = Self.side(of: mark) {
        (isServer, isMarked) = (side, true)
        start += mark.count
        return skipBlanks(line)
      }
      guard !mark.isEmpty, mark.allSatisfy({ "0123456789:.,-+[]()TZ".utf8.contains($0) }) else { break }
      start += mark.count
      skipBlanks(line)
    }
    start = begin
  }

  /// Who says what stands behind a mark; nil where a word is no mark.
  private static func side(of mark: ArraySlice<UInt8>) -> Bool? {
    for (client, server) in [("C:", "S:"), ("send:", "reply:"), ("Client:", "Server:"), ("In:", "Out:")] {
      // Postfix's transcripts are told from the server's side: what comes in is the client's.
      if mark.equalsIgnoringCase(client) { return false }
      if mark.equalsIgnoringCase(server) { return true }
    }
    // swaks has ` -> ` and `<-  `, others `>>>` and `<<<`; a dialogue file `>` and `<`.
    guard mark.allSatisfy({ "<>~-*=|".utf8.contains($0) }), mark.contains(where: { "<>".utf8.contains($0) }) else {
      return nil
    }
    return mark.first == UInt8(ascii: "<")
  }
}
