extension SMTPPathParser {
  /// Reads `Mail-parameters` or `Rcpt-parameters` (RFC 5321 §4.1.2) up to the end of the line.
  mutating func parseParameters(_ line: [UInt8]) {
    // No command has room for more than a hundred parameters; what follows them is not read.
    while at < line.count, path.parameters.count < 100 {
      let gap = at
      while at < line.count, Octet.isBlank(line[at]) { at += 1 }
      let isIrregular = at - gap != 1 || line[gap] == Octet.tab || at == line.count
      if isIrregular { note(.pathParameterSpaces, gap..<at) }
      guard at < line.count else { return }
      let start = at
      while at < line.count, !Octet.isBlank(line[at]) { at += 1 }
      parseParameter(line, start..<at)
    }
  }

  private mutating func parseParameter(_ line: [UInt8], _ word: Range<Int>) {
    let equals = line[word].firstIndex(of: Octet.equals)
    let keyword = word.lowerBound..<(equals ?? word.upperBound)
    let isKeyword =
      !keyword.isEmpty && line[keyword.lowerBound] != Octet.hyphen
      && line[keyword].allSatisfy { OctetClass.isLDH($0) }
    if !isKeyword { note(.pathParameterKeyword, keyword.isEmpty ? word : keyword) }
    let value = equals.map { $0 + 1..<word.upperBound }
    if let value { judgeValue(line, value) }
    let spelled = line[keyword].map(Octet.lowered)
    if path.parameters.contains(where: { line[$0.keyword].map(Octet.lowered) == spelled }) {
      note(.pathParameterRepeated, keyword)
    }
    path.parameters.append(ESMTPParameter(keyword: keyword, value: value))
  }

  /// Judges `esmtp-value`: any octet of %d33-60 and %d62-126, and UTF-8 beyond ASCII (RFC 6531 §3.3).
  private mutating func judgeValue(_ line: [UInt8], _ value: Range<Int>) {
    if value.isEmpty { return note(.pathParameterEmpty, value.lowerBound - 1..<value.upperBound) }
    for index in value where line[index] == Octet.equals || Octet.isControl(line[index]) {
      note(.pathParameterValue, index..<index + 1, scalar: UInt32(line[index]))
    }
  }
}
