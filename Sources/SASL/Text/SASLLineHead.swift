import SMTPWire

/// What stands before the string in a line of a conversation.
struct SASLLineHead {
  /// The mechanism that AUTH names; nil without AUTH.
  private(set) var mechanism: String?
  /// The code of a reply; nil in a command.
  private(set) var code: Int?
  /// Who says it, as a transcript marks it; nil where nothing tells.
  private(set) var isServer: Bool?
  /// Where the line itself begins, behind a transcript's mark.
  private(set) var lineStart = 0
  /// Where the string begins.
  private(set) var start = 0

  /// Whether it is a reply of 334, whose text is a challenge.
  var isChallenge: Bool { code == 334 }

  /// Reads a line's head: `C:` and `S:`, the arrows of other programs, a reply's code, AUTH and its mechanism.
  init(_ line: [UInt8]) {
    skipBlanks(line)
    readSide(line)
    lineStart = start
    let word = word(line)
    if word.count >= 3, word.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }),
      word.count == 3 || word.dropFirst(3).first == UInt8(ascii: "-"),
      let value = ScramText.number(Array(word.prefix(3)))
    {
      code = value
      isServer = true
      start += min(word.count, 4)
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

  private func word(_ line: [UInt8]) -> ArraySlice<UInt8> {
    line[start...].prefix { !$0.isASCIIBlank && $0 != 0x0A && $0 != 0x0D }
  }

  private mutating func skipBlanks(_ line: [UInt8]) {
    while start < line.count, line[start].isASCIIBlank { start += 1 }
  }

  private mutating func readSide(_ line: [UInt8]) {
    let mark = word(line)
    if mark.equalsIgnoringCase("C:") || mark.equalsIgnoringCase("S:") {
      isServer = mark.equalsIgnoringCase("S:")
    } else if mark.count >= 1, mark.allSatisfy({ "<>~-*=|".utf8.contains($0) }),
      mark.contains(where: { "<>".utf8.contains($0) })
    {
      // swaks has ` -> ` and `<-  `, others `>>>` and `<<<`; a dialogue file `>` and `<`.
      isServer = mark.first == UInt8(ascii: "<")
    } else {
      return
    }
    start += mark.count
    skipBlanks(line)
  }
}
