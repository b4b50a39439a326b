/// Values in Dovecot's auth protocol: what would end a word or a line is escaped by the octet 1.
enum DovecotAuthText {
  private static let marks: [(octet: UInt8, mark: UInt8)] = [
    (0, UInt8(ascii: "0")), (1, UInt8(ascii: "1")), (0x09, UInt8(ascii: "t")), (0x0A, UInt8(ascii: "n")),
    (0x0D, UInt8(ascii: "r")),
  ]

  /// The octets as they may stand in a word.
  static func escaped(_ octets: some Sequence<UInt8>) -> [UInt8] {
    octets.flatMap { octet in marks.first { $0.octet == octet }.map { [1, $0.mark] } ?? [octet] }
  }

  /// What a word stands for; an escape that is none stands for the octet behind it.
  static func unescaped(_ word: some Sequence<UInt8>) -> [UInt8] {
    var octets: [UInt8] = []
    var isEscaped = false
    for octet in word {
      if isEscaped {
        octets.append(marks.first { $0.mark == octet }?.octet ?? octet)
        isEscaped = false
      } else if octet == 1 {
        isEscaped = true
      } else {
        octets.append(octet)
      }
    }
    return octets
  }
}
