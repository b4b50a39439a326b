import SMTPWire

/// The text of a step, read from the left word by word; each fault knows its place.
struct StepWords {
  private let text: ArraySlice<UInt8>
  private var index: Int

  /// Begins at the first word.
  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    index = text.startIndex
    skipBlanks()
  }

  /// Where the next word begins, counted from the beginning of the text.
  var offset: Int { index - text.startIndex }
  /// Whether nothing is left but blanks.
  var isAtEnd: Bool { index == text.endIndex }

  /// The next word; empty at the end.
  mutating func next() -> String { String(decoding: nextOctets(), as: UTF8.self) }

  /// The next word, left where it is.
  func peek() -> String {
    var copy = self
    return copy.next()
  }

  /// All that is left, blanks at its end included.
  mutating func rest() -> ArraySlice<UInt8> {
    defer { index = text.endIndex }
    return text[index...]
  }

  /// A fault at the next word.
  func fault(_ message: String) -> DialogueStep.Fault { .init(offset: offset, message: message) }

  /// Makes sure that nothing is left.
  func expectEnd(behind name: String) throws(DialogueStep.Fault) {
    guard isAtEnd else { throw fault("nothing stands behind \(OctetText.readable(Array(name.utf8)))") }
  }

  private mutating func nextOctets() -> ArraySlice<UInt8> {
    let word = text[index...].prefix { !$0.isASCIIBlank }
    index = word.endIndex
    skipBlanks()
    return word
  }

  private mutating func skipBlanks() {
    while index < text.endIndex, text[index].isASCIIBlank { index += 1 }
  }
}

// Words of a kind.
extension StepWords {
  /// The name of a SASL mechanism in upper case; nil at the end.
  mutating func mechanism() throws(DialogueStep.Fault) -> String? {
    if isAtEnd { return nil }
    let start = self
    let name = rest()
    let isName = name.count <= 20 && name.allSatisfy { DialogueVariable.allows($0) && $0 != UInt8(ascii: ".") }
    guard isName else { throw start.fault("expected the name of one mechanism, such as PLAIN") }
    return String(decoding: name, as: UTF8.self).uppercased()
  }

  /// Seconds, with a fraction or not.
  mutating func duration() throws(DialogueStep.Fault) -> Duration {
    let start = self
    let time = DialogueLine(source: rest())
    guard let duration = time.time, time.textCount == 0, duration <= .seconds(DialogueStep.maximumWait) else {
      throw start.fault("expected seconds such as 1.5, at most \(DialogueStep.maximumWait)")
    }
    return duration
  }

  /// A whole number from 0 to a greatest one.
  mutating func count(upTo greatest: Int) throws(DialogueStep.Fault) -> Int {
    let start = self
    let word = nextOctets()
    guard (1...9).contains(word.count), word.allSatisfy(\.isASCIIDigit) else {
      throw start.fault("expected a number, at most \(greatest)")
    }
    let value = word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard value <= greatest else { throw start.fault("at most \(greatest) are possible") }
    return value
  }

  /// The name of a variable.
  mutating func variableName() throws(DialogueStep.Fault) -> String {
    let start = self
    let name = text[index...].prefix { DialogueVariable.allows($0) }
    guard !name.isEmpty else {
      throw start.fault("expected a variable's name: letters, digits, dot, hyphen and underscore")
    }
    index = name.endIndex
    skipBlanks()
    return String(decoding: name, as: UTF8.self)
  }

  /// Takes an equals sign; false when something else comes.
  mutating func takeEqualsSign() -> Bool {
    guard index < text.endIndex, text[index] == UInt8(ascii: "=") else { return false }
    index += 1
    skipBlanks()
    return true
  }

  /// All that is left as a text with escapes and variables, which has no ending.
  mutating func escapedText() throws(DialogueStep.Fault) -> DialogueText {
    let start = offset
    return try Self.escapedText(rest(), at: start)
  }

  private static func escapedText(_ octets: ArraySlice<UInt8>, at start: Int) throws(DialogueStep.Fault) -> DialogueText
  {
    var (text, faults) = DialogueText.parse(octets)
    if let fault = faults.first { throw .init(offset: start + fault.offset, message: fault.message) }
    if text.ending == .bareLF {
      if case .octets(let last)? = text.segments.last {
        text.segments[text.segments.count - 1] = .octets(last + [0x0A])
      } else {
        text.segments.append(.octets([0x0A]))
      }
    }
    text.ending = .none
    return text
  }

  /// `NAME = TEXT`.
  mutating func assignment() throws(DialogueStep.Fault) -> DialogueStep {
    let name = try variableName()
    guard takeEqualsSign() else { throw fault("expected = and the value") }
    return .assign(name: name, try escapedText())
  }

  /// `[bytewise] "OCTETS"`; the octets end at the last quotation mark of the line.
  mutating func raw() throws(DialogueStep.Fault) -> DialogueStep {
    let isBytewise = peek() == "bytewise"
    if isBytewise { _ = next() }
    let start = self
    var octets = rest()
    while octets.last?.isASCIIBlank == true { octets.removeLast() }
    guard octets.count >= 2, octets.first == UInt8(ascii: "\""), octets.last == UInt8(ascii: "\"") else {
      throw start.fault("expected octets in quotation marks, such as \"QUIT\\r\\n\"")
    }
    let text = try Self.escapedText(octets.dropFirst().dropLast(), at: start.offset + 1)
    return .raw(text, isBytewise: isBytewise)
  }
}
