/// Reads lists that no grammar allows, the way people and programs write them, and says what it forgave. This is
/// never validity: `AddressListParser` judges.
public struct AddressListRecovery: Sendable {
  private var entries: [ListMailbox] = []
  private var findings: [AddressFinding] = []
  private var hasOpenQuote = false
  private var hasOpenComment = false

  /// The mailboxes that can be found in a text, and a finding for each thing forgiven.
  public static func recover(_ octets: [UInt8]) -> (mailboxes: [ListMailbox], forgiven: [AddressFinding]) {
    let strict = AddressListParser.parse(octets)
    if strict.verdict(.eaiHeader) != .invalid { return (strict.mailboxes, []) }
    var recovery = AddressListRecovery()
    recovery.run(octets)
    return (recovery.entries, recovery.findings)
  }

  private mutating func forgive(_ rule: AddressRule, _ range: Range<Int>) {
    guard findings.count < AddressReport.repetitionLimit else { return }
    findings.append(AddressFinding(rule, range.lowerBound, range.upperBound))
  }

  private mutating func run(_ octets: [UInt8]) {
    for index in octets.indices where octets[index] == Octet.lineFeed || octets[index] == Octet.carriageReturn {
      if !isFold(octets, index) { forgive(.listForgaveLineEnd, index..<index + 1) }
    }
    split(octets)
  }

  /// Cuts the text at the commas and semicolons outside quotation marks and comments, and takes each piece.
  private mutating func split(_ octets: [UInt8]) {
    let signs = octets.indices.filter { octets[$0] == Octet.at }
    var nextSign = 0
    var start = 0
    var index = 0
    while index < octets.count {
      switch octets[index] {
      case Octet.quote, Octet.openParenthesis: index = skipEnclosed(octets, index)
      case Octet.comma, Octet.semicolon:
        if octets[index] == Octet.semicolon { forgive(.listForgaveSeparator, index..<index + 1) }
        while nextSign < signs.count, signs[nextSign] < start { nextSign += 1 }
        // A comma in a name without quotes: the piece before it has no address, one behind it does.
        if nextSign == signs.count || signs[nextSign] < index {
          take(octets, start..<index)
          start = index + 1
        }
        index += 1
      default: index += 1
      }
    }
    take(octets, start..<octets.count)
  }

  private func isFold(_ octets: [UInt8], _ index: Int) -> Bool {
    let isReturn = octets[index] == Octet.carriageReturn
    let feed = isReturn ? index + 1 : index
    guard feed < octets.count, octets[feed] == Octet.lineFeed, isReturn || index > 0 && octets[index - 1] == 13 else {
      return false
    }
    return feed + 1 < octets.count && Octet.isBlank(octets[feed + 1])
  }

  /// Passes over something enclosed. What is not closed is taken as one octet of text, and so is all of its kind that
  /// follows, so that the end of the text is looked for once.
  private mutating func skipEnclosed(_ octets: [UInt8], _ start: Int) -> Int {
    let isQuoted = octets[start] == Octet.quote
    if isQuoted ? hasOpenQuote : hasOpenComment { return start + 1 }
    let close = isQuoted ? Octet.quote : Octet.closeParenthesis
    let span = octets.span
    let end = isQuoted ? ListLexer.end(ofQuoted: span, start) : ListLexer.end(ofComment: span, start)
    if end - start >= 2, octets[end - 1] == close, end < octets.count || isClosed(octets, start) { return end }
    if isQuoted { hasOpenQuote = true } else { hasOpenComment = true }
    forgive(.listForgaveUnclosed, start..<start + 1)
    return start + 1
  }

  /// Whether what starts here and reaches to the very end of the text is closed by its last octet.
  private func isClosed(_ octets: [UInt8], _ start: Int) -> Bool {
    let rest = Array(octets[start...])
    let check = ListTextCheck(rest.span)
    return check.fault?.rule != .listQuotedUnclosed && check.fault?.rule != .listCommentUnclosed
  }

  /// Finds the one address in a piece of the list: the last pair of angle brackets, or the first word with an "@".
  private mutating func take(_ octets: [UInt8], _ piece: Range<Int>) {
    guard let sign = octets[piece].lastIndex(of: Octet.at) else {
      if octets[piece].contains(where: { !Self.isBlank($0) }) { forgive(.listForgaveText, piece) }
      return
    }
    if !octets[piece].contains(Octet.less), octets[piece].firstIndex(of: Octet.at) != sign {
      return takeWords(octets, piece)
    }
    var start = Self.startOfWord(octets, piece.lowerBound..<sign)
    var end = sign + 1
    while end < piece.upperBound, !Self.isRightEdge(octets[end]) { end += 1 }
    let nameEnd = start
    start = passScheme(octets, start, sign)
    let wordEnd = end
    while end > sign + 1, octets[end - 1] == Octet.dot { end -= 1 }
    if end < wordEnd { forgive(.listForgaveText, end..<wordEnd) }
    guard start < sign, end > sign + 1 else { return forgive(.listForgaveText, piece) }
    let name = takeName(octets, piece.lowerBound..<nameEnd)
    let isBracketed = nameEnd > piece.lowerBound && octets[nameEnd - 1] == Octet.less
    if isBracketed && !octets[end..<piece.upperBound].contains(Octet.greater) {
      forgive(.listForgaveUnclosed, nameEnd - 1..<nameEnd)
    }
    noteRest(octets, wordEnd..<piece.upperBound)
    entries.append(
      ListMailbox(
        name: name, local: Array(octets[start..<sign]), domain: Array(octets[sign + 1..<end]), range: start..<end))
  }

  /// Takes several addresses that only white space separates.
  private mutating func takeWords(_ octets: [UInt8], _ piece: Range<Int>) {
    var start = piece.lowerBound
    for index in piece.lowerBound...piece.upperBound {
      guard index == piece.upperBound || Self.isBlank(octets[index]) else { continue }
      let word = start..<index
      start = index + 1
      guard let sign = octets[word].firstIndex(of: Octet.at), sign > word.lowerBound, sign + 1 < index else { continue }
      if word.lowerBound > piece.lowerBound {
        forgive(.listForgaveSeparator, word.lowerBound - 1..<word.lowerBound)
      }
      entries.append(
        ListMailbox(
          name: nil, local: Array(octets[word.lowerBound..<sign]), domain: Array(octets[sign + 1..<index]), range: word)
      )
    }
  }

  private static func isBlank(_ octet: UInt8) -> Bool { Octet.isBlank(octet) || octet == 13 || octet == 10 }

  /// Where the word that ends a range starts: behind the last blank or bracket outside quotation marks.
  private static func startOfWord(_ octets: [UInt8], _ range: Range<Int>) -> Int {
    var start = range.lowerBound
    var isQuoted = false
    let quotes = octets[range].reduce(0) { $0 + ($1 == Octet.quote ? 1 : 0) }
    for index in range {
      let octet = octets[index]
      // An odd quotation mark encloses nothing.
      if octet == Octet.quote && quotes % 2 == 0 { isQuoted.toggle() }
      let isEdge = isBlank(octet) || octet == Octet.less || octet == Octet.closeParenthesis
      if isEdge && !isQuoted { start = index + 1 }
    }
    return start
  }

  private static func isRightEdge(_ octet: UInt8) -> Bool {
    isBlank(octet) || octet == Octet.greater || octet == Octet.openParenthesis || octet == Octet.less
  }

  private mutating func passScheme(_ octets: [UInt8], _ start: Int, _ sign: Int) -> Int {
    let scheme = Array("mailto:".utf8)
    guard octets[start..<sign].prefix(scheme.count).map(Octet.lowered) == scheme else { return start }
    forgive(.listForgaveScheme, start..<start + scheme.count)
    return start + scheme.count
  }

  /// The text before an address as a display name.
  private mutating func takeName(_ octets: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    var name = octets[range]
    while let last = name.last, Self.isBlank(last) || last == Octet.less { name.removeLast() }
    while let first = name.first, Self.isBlank(first) { name.removeFirst() }
    guard !name.isEmpty else { return nil }
    if octets[range].reduce(0, { $0 + ($1 == Octet.less ? 1 : 0) }) > 1 { forgive(.listForgaveBrackets, range) }
    if name.first == Octet.quote, name.count > 1, name.last == Octet.quote {
      var content: [UInt8] = []
      CanonicalAddress.append(unquoted: octets.span, name.startIndex..<name.endIndex, to: &content)
      return content
    }
    let asWritten = AddressListParser.parse(Array(name) + Array(" <a@b>".utf8))
    if asWritten.verdict(.eaiHeader) == .invalid { forgive(.listForgaveName, name.startIndex..<name.endIndex) }
    return asWritten.mailboxes.first?.name ?? Array(name)
  }

  private mutating func noteRest(_ octets: [UInt8], _ range: Range<Int>) {
    let rest = octets[range].filter { !Self.isBlank($0) }
    if rest.isEmpty || rest == [Octet.greater] || rest.first == Octet.openParenthesis { return }
    let isBrackets = rest.allSatisfy { $0 == Octet.greater }
    forgive(isBrackets ? .listForgaveBrackets : .listForgaveText, range)
  }
}
