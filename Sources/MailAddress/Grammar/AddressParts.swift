/// Where the parts of an address are: octet offsets, -1 where there is no such part.
public struct AddressParts: Sendable, Equatable {
  var localStart = -1
  var localEnd = -1
  var atSign = -1
  var domainStart = -1
  var domainEnd = -1
  /// Whether every word, dot and label stands without comments or white space between them.
  public internal(set) var isCompact = true
  /// Whether the local part is exactly one quoted string.
  public internal(set) var isQuoted = false
  /// Whether the local part has a quoted string.
  public internal(set) var hasQuotes = false
  /// Whether the domain is a literal in square brackets.
  public internal(set) var isLiteral = false
  /// Whether an octet above 127 stands in the address.
  public internal(set) var hasNonASCII = false
  /// Whether the text is an address by its structure: local part, "@" and domain were read to the end.
  public internal(set) var isComplete = false

  /// Whether it is words, dots and labels in ASCII and nothing else.
  var isPlain: Bool { isComplete && isCompact && !hasQuotes && !hasNonASCII && !isLiteral }

  /// The local part from its first to its last word.
  public var local: Range<Int>? { localEnd >= 0 ? localStart..<localEnd : nil }

  /// The "@" between local part and domain.
  public var separator: Int? { atSign >= 0 ? atSign : nil }

  /// The domain from its first label to its last, or the literal with its brackets.
  public var domain: Range<Int>? { domainEnd >= 0 ? domainStart..<domainEnd : nil }
}
