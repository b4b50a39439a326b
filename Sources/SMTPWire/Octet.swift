extension UInt8 {
  /// Whether the octet is an ASCII letter.
  package var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
  /// Whether the octet is an ASCII digit.
  package var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  /// Whether the octet is a blank or a tab.
  package var isASCIIBlank: Bool { self == 0x20 || self == 0x09 }
  /// The upper-case form of an ASCII letter; any other octet is itself.
  package var asciiUppercased: UInt8 { (0x61...0x7A).contains(self) ? self - 0x20 : self }
  /// The value of a hexadecimal digit of either case; nil for any other octet.
  package var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
  /// The two upper-case hexadecimal digits.
  package var hexadecimal: [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [digits[Int(self >> 4)], digits[Int(self & 15)]]
  }
}

extension Collection<UInt8> {
  /// Whether the octets are those of a text, ASCII letters of either case being the same.
  package func equalsIgnoringCase(_ text: String) -> Bool {
    count == text.utf8.count && zip(self, text.utf8).allSatisfy { $0.asciiUppercased == $1.asciiUppercased }
  }
}
