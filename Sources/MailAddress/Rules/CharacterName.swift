/// Characters by their names in the Unicode Standard.
enum CharacterName {
  /// Appends `“;” (U+003B SEMICOLON)`; characters that should not be shown appear by code point and name alone, and
  /// combining ones on a dotted circle.
  static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    let isShown = !UnicodeSafety.isUnsafe(scalar) && scalar != 0x20 && Unicode.Scalar(scalar) != nil
    if isShown {
      text.append(literal: ScalarFacts.isMark(scalar) ? "\u{201C}\u{25CC}" : "\u{201C}")
      UTF8Scalar.append(scalar, to: &text)
      text.append(literal: "\u{201D} (")
    }
    text.append(literal: "U+")
    text.append(hexadecimal: scalar, digits: 4)
    text.append(Octet.space)
    appendName(scalar, to: &text)
    if isShown { text.append(literal: ")") }
  }

  private static func appendName(_ scalar: UInt32, to text: inout [UInt8]) {
    if scalar < 0x80 { return appendASCII(UInt8(scalar), to: &text) }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return text.append(literal: "surrogate") }
    if let name = properties.name ?? properties.nameAlias { return text.append(contentsOf: name.utf8) }
    switch properties.generalCategory {
    case .control: text.append(literal: "control")
    case .privateUse: text.append(literal: "private use")
    case .unassigned: text.append(literal: "unassigned")
    default: text.append(literal: "character without a name")
    }
  }

  private static func appendASCII(_ octet: UInt8, to text: inout [UInt8]) {
    switch octet {
    case 0..<32: text.append(literal: controls[Int(octet)])
    case 48...57:
      text.append(literal: "DIGIT ")
      text.append(literal: digits[Int(octet) - 48])
    case 65...90:
      text.append(literal: "LATIN CAPITAL LETTER ")
      text.append(octet)
    case 97...122:
      text.append(literal: "LATIN SMALL LETTER ")
      text.append(octet - 32)
    default: text.append(literal: punctuation(octet))
    }
  }

  private static let digits: [StaticString] = [
    "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE",
  ]

  private static let controls: [StaticString] = [
    "NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION", "ENQUIRY", "ACKNOWLEDGE",
    "ALERT", "BACKSPACE", "CHARACTER TABULATION", "LINE FEED", "LINE TABULATION", "FORM FEED", "CARRIAGE RETURN",
    "SHIFT OUT", "SHIFT IN", "DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE",
    "DEVICE CONTROL FOUR", "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE", "END OF TRANSMISSION BLOCK", "CANCEL",
    "END OF MEDIUM", "SUBSTITUTE", "ESCAPE", "INFORMATION SEPARATOR FOUR", "INFORMATION SEPARATOR THREE",
    "INFORMATION SEPARATOR TWO", "INFORMATION SEPARATOR ONE",
  ]

  private static func punctuation(_ octet: UInt8) -> StaticString {
    switch octet {
    case 32: "SPACE"
    case 33: "EXCLAMATION MARK"
    case 34: "QUOTATION MARK"
    case 35: "NUMBER SIGN"
    case 36: "DOLLAR SIGN"
    case 37: "PERCENT SIGN"
    case 38: "AMPERSAND"
    case 39: "APOSTROPHE"
    case 40: "LEFT PARENTHESIS"
    case 41: "RIGHT PARENTHESIS"
    case 42: "ASTERISK"
    case 43: "PLUS SIGN"
    case 44: "COMMA"
    case 45: "HYPHEN-MINUS"
    case 46: "FULL STOP"
    case 47: "SOLIDUS"
    case 58: "COLON"
    case 59: "SEMICOLON"
    case 60: "LESS-THAN SIGN"
    case 61: "EQUALS SIGN"
    case 62: "GREATER-THAN SIGN"
    case 63: "QUESTION MARK"
    case 64: "COMMERCIAL AT"
    case 91: "LEFT SQUARE BRACKET"
    case 92: "REVERSE SOLIDUS"
    case 93: "RIGHT SQUARE BRACKET"
    case 94: "CIRCUMFLEX ACCENT"
    case 95: "LOW LINE"
    case 96: "GRAVE ACCENT"
    case 123: "LEFT CURLY BRACKET"
    case 124: "VERTICAL LINE"
    case 125: "RIGHT CURLY BRACKET"
    case 126: "TILDE"
    default: "DELETE"
    }
  }
}
