/// A client's line as a command: its verb, and what follows (RFC 5321 §4.1.1).
///
/// Any line can be one; a line that makes no sense has the verb `.other`.
package struct Command: Hashable, Sendable {
  /// The words that SMTP knows at the beginning of a line.
  package enum Verb: String, CaseIterable, Sendable {
    case helo = "HELO"
    case ehlo = "EHLO"
    case lhlo = "LHLO"
    case mail = "MAIL"
    case rcpt = "RCPT"
    case data = "DATA"
    case bdat = "BDAT"
    case rset = "RSET"
    case vrfy = "VRFY"
    case expn = "EXPN"
    case help = "HELP"
    case noop = "NOOP"
    case quit = "QUIT"
    case etrn = "ETRN"
    case auth = "AUTH"
    case starttls = "STARTTLS"
    case xclient = "XCLIENT"
    case xforward = "XFORWARD"
    case other = "?"
  }

  /// The known word it begins with, in any case; `.other` for the rest.
  package let verb: Verb
  /// The first word as it was written.
  package let word: [UInt8]
  /// What stands behind the first word, without the blanks around it.
  package let argument: [UInt8]

  /// Reads a line without its ending. Leading and trailing blanks are ignored, as servers do.
  package init(_ line: some Collection<UInt8>) {
    let trimmed = line.drop { $0.isASCIIBlank }
    word = Array(trimmed.prefix { !$0.isASCIIBlank })
    var rest = Array(trimmed.dropFirst(word.count).drop { $0.isASCIIBlank })
    while rest.last?.isASCIIBlank == true { rest.removeLast() }
    argument = rest
    let upper = String(decoding: word.map(\.asciiUppercased), as: UTF8.self)
    verb = upper == Verb.other.rawValue ? .other : Verb(rawValue: upper) ?? .other
  }

  /// Reads a line given as text.
  package init(_ line: String) {
    self.init(Array(line.utf8))
  }

  /// The words of the argument, split at blanks.
  package var words: [ArraySlice<UInt8>] { argument.split { $0.isASCIIBlank } }

  /// The verb as a name in a message: the known word, else the word as it was written, made readable.
  package var name: String { verb == .other ? OctetText.readable(word) : verb.rawValue }
}
