package import SMTPWire

/// Replaces what differs from one session to the next by nature, so that the rest can be compared.
///
/// Folded are: dates and times, queue ids, message ids, host names and addresses of hosts, challenges. Mailboxes,
/// keywords, numbers such as a size, and all other words stay.
package enum VolatileText {
  /// What a text answers, where that decides what is volatile in it.
  package struct Context: Hashable, Sendable {
    /// What the reply answers.
    package var awaited: AwaitedReply
    /// The reply's code.
    package var code: ReplyCode

    /// Makes a context.
    package init(awaited: AwaitedReply, code: ReplyCode) {
      self.awaited = awaited
      self.code = code
    }

    /// Whether the first word of a line is the server's name (RFC 5321 §4.2.2 and §4.1.1.1).
    func beginsWithHost(line: Int) -> Bool {
      guard line == 0 else { return false }
      return awaited == .greeting || awaited.isCommand(.ehlo) || awaited.isCommand(.helo) || code == 421
    }
  }

  /// A reply line's text, code not included, with a name in angle quotes for each volatile part.
  package static func fold(_ text: some Collection<UInt8>, in context: Context, line: Int) -> [UInt8] {
    if context.code == 334 {
      let isChallenge = text.count >= 20 && (try? Base64.decode(text)) != nil
      return isChallenge ? Array("‹challenge›".utf8) : Array(text)
    }
    var words = Array(text).split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
    if context.beginsWithHost(line: line), !words.isEmpty, EnhancedStatusCode(prefixOf: words[0]) == nil {
      words[0] = Array("‹host›".utf8)
    }
    foldDates(&words)
    for index in words.indices {
      let before = index > 0 ? words[index - 1] : []
      words[index] = foldWord(words[index], after: before)
    }
    return Array(words.joined(separator: [0x20]))
  }

  /// Whether two texts are the same once they are folded; texts that differ in a few words are not folded whole.
  static func areAlike(
    _ text: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>, in context: Context, line: Int
  ) -> Bool {
    if text == other { return true }
    if areAlikeByWord(text, other) { return true }
    return fold(text, in: context, line: line) == fold(other, in: context, line: line)
  }

  /// Whether the words that differ are volatile ones of one kind; a date is several words and thus never alike here.
  private static func areAlikeByWord(_ text: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
    let (words, others) = (text.split(separator: 0x20), other.split(separator: 0x20))
    guard words.count == others.count else { return false }
    var before: ArraySlice<UInt8> = []
    for (word, another) in zip(words, others) {
      if word != another {
        let (one, two) = (Array(word), Array(another))
        let folded = foldWord(one, after: Array(before))
        if folded == one || folded != foldWord(two, after: Array(before)) { return false }
      }
      before = word
    }
    return true
  }

  private static func foldWord(_ word: [UInt8], after before: [UInt8]) -> [UInt8] {
    let isMark: (UInt8) -> Bool = { "<>()[]{},;:.\"'".utf8.contains($0) }
    let head = word.prefix(while: isMark)
    let tail = word.dropFirst(head.count).reversed().prefix(while: isMark).reversed()
    let core = word.dropFirst(head.count).dropLast(tail.count)
    guard let name = name(of: core, after: before) else { return word }
    return head + Array("‹\(name)›".utf8) + tail
  }

  private static func name(of core: ArraySlice<UInt8>, after before: [UInt8]) -> String? {
    if core.isEmpty { return nil }
    if core.starts(with: "id=".utf8) || core.starts(with: "ID=".utf8) { return "id" }
    if let at = core.lastIndex(of: UInt8(ascii: "@")) {
      return core[..<at].count(where: \.isASCIIDigit) >= 10 ? "message-id" : nil
    }
    if isIdentifier(core, isNamed: ["as", "id", "ID"].contains { before.elementsEqual($0.utf8) }) { return "id" }
    if isAddress(core) { return "address" }
    return isHostName(core) ? "host" : nil
  }

  /// A queue id or the like: behind "queued as" any word with a digit, elsewhere one in which letters and digits alternate.
  private static func isIdentifier(_ core: ArraySlice<UInt8>, isNamed: Bool) -> Bool {
    let letters = core.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    guard letters.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit }) else { return false }
    if isNamed { return letters.count >= 5 }
    let changes = zip(letters, letters.dropFirst()).count { $0.isASCIIDigit != $1.isASCIIDigit }
    return letters.count >= 8 && changes >= 3
  }

  private static func isHostName(_ core: ArraySlice<UInt8>) -> Bool {
    let labels = core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(\.isASCIILetter) else {
      return false
    }
    return labels.allSatisfy { label in
      !label.isEmpty && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isAddress(_ core: ArraySlice<UInt8>) -> Bool {
    let labels = core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if labels.count == 4, labels.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }) {
      return true
    }
    let colons = core.count { $0 == UInt8(ascii: ":") }
    return colons >= 2 && core.allSatisfy { $0.hexadecimalValue != nil || $0 == UInt8(ascii: ":") }
      && !isTime(core)
  }
}

// Dates, which are several words.
extension VolatileText {
  /// Replaces each time of day, and the words of a date around it, by one word.
  private static func foldDates(_ words: inout [[UInt8]]) {
    var folded: [[UInt8]] = []
    var rest = words[...]
    while let time = rest.firstIndex(where: { isTime($0[...]) || isInstant($0) }) {
      var date = time...time
      while date.lowerBound > rest.startIndex, time - date.lowerBound < 5, isDateWord(rest[date.lowerBound - 1]) {
        date = date.lowerBound - 1...date.upperBound
      }
      while date.upperBound + 1 < rest.endIndex, date.upperBound - time < 4, isDateWord(rest[date.upperBound + 1]) {
        date = date.lowerBound...date.upperBound + 1
      }
      folded += rest[..<date.lowerBound] + [Array("‹date›".utf8)]
      rest = rest[(date.upperBound + 1)...]
    }
    words = folded + rest
  }

  /// `hh:mm:ss`, with a fraction or not.
  private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.prefix { $0 != UInt8(ascii: ".") }.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return parts.count == 3 && parts.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isASCIIDigit) }
  }

  /// `2026-11-22T19:34:05` and anything behind it (RFC 3339).
  private static func isInstant(_ word: [UInt8]) -> Bool {
    word.count >= 19 && (word[10] == UInt8(ascii: "T")) && word[4] == UInt8(ascii: "-") && isTime(word[11..<19])
  }

  /// A weekday, a month, a number of up to four digits, or a zone.
  private static func isDateWord(_ word: [UInt8]) -> Bool {
    let core = word.filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
    if core.isEmpty { return false }
    if core.allSatisfy(\.isASCIIDigit) { return core.count <= 4 }
    if core[0] == UInt8(ascii: "+") || core[0] == UInt8(ascii: "-") {
      return core.count == 5 && core.dropFirst().allSatisfy(\.isASCIIDigit)
    }
    return dateNames.contains(String(decoding: core, as: UTF8.self))
  }

  private static let dateNames: Set<String> = [
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
    "Oct", "Nov", "Dec", "UTC", "GMT", "CET", "CEST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT",
  ]
}
