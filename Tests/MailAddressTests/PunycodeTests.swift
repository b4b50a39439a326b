import Testing

@testable import MailAddress

struct PunycodeTests {
  /// Samples of RFC 3492 §7.1 in lower case.
  static let samples: [(unicode: String, ascii: String)] = [
    ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
    ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
    ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
    ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
    ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
    ("pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"),
  ]

  @Test("the samples of RFC 3492 are encoded and decoded", arguments: samples)
  func converts(_ unicode: String, _ ascii: String) {
    let scalars = unicode.unicodeScalars.map(\.value)
    #expect(Punycode.encode(scalars) == Array(ascii.utf8))
    #expect(Punycode.encodedLength(scalars) == ascii.utf8.count)
    #expect(Punycode.decode(Array(ascii.utf8)) == scalars)
  }

  @Test("malformed and oversized text is refused")
  func refuses() {
    #expect(Punycode.decode(Array("a_b".utf8)) == nil)
    #expect(Punycode.decode(Array("99999999".utf8)) == nil)
    #expect(Punycode.decode([0xC3]) == nil)
    #expect(Punycode.encode([UInt32](repeating: 0xE9, count: Punycode.limit + 1)) == nil)
  }
}
