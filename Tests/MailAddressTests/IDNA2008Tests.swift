import MailAddress
import Testing

struct IDNA2008Tests {
  let idna = IDNA2008()

  func fault(_ label: String) -> IDNAFault? { idna.judge(Array(label.utf8).span).fault }

  @Test(
    "labels of many scripts are U-labels",
    arguments: [
      "bücher", "ß", "ς", "例え", "почта", "उदाहरण", "क\u{94D}\u{200D}ष", "l·l", "͵α", "א׳", "ア・イ", "ب٠١",
      "نامه\u{200C}ای",
      "אב1", "Ꭰ", "x\u{670}", "͵\u{AB65}", "\u{16FE3}・", "\u{16FF2}・", "ب\u{1E94B}\u{200C}ب",
    ])
  func accepts(_ label: String) {
    #expect(fault(label) == nil)
  }

  static let refusals: [(label: String, kind: IDNAFault.Kind, offset: Int)] = [
    ("☃", .disallowed, 0), ("a😀", .disallowed, 1), ("ａ", .disallowed, 0), ("a\u{200B}", .disallowed, 1),
    ("ـx", .disallowed, 0), ("ꭰ", .disallowed, 0), ("İ", .disallowed, 0), ("Bücher", .uppercase, 0),
    ("ẞ", .uppercase, 0),
    ("a·b", .context, 1), ("ab\u{200D}é", .context, 2), ("α͵", .context, 2), ("a\u{200C}é", .context, 1),
    ("a・b", .context, 1), ("\u{301}a", .combiningStart, 0), ("e\u{301}", .notNFC, 0), ("\u{212B}", .notNFC, 0),
    ("éx--y", .hyphen, 3), ("-é", .hyphen, 0), ("é-", .hyphen, 2), ("אa", .bidi, 0), ("aא", .bidi, 0),
    ("א1٢", .bidi, 0), ("1א", .bidi, 0),
  ]

  @Test("what IDNA2008 refuses has its rule and place", arguments: refusals)
  func refuses(_ label: String, _ kind: IDNAFault.Kind, _ offset: Int) {
    #expect(fault(label)?.kind == kind, "\(label)")
    #expect(fault(label)?.range.lowerBound == offset, "\(label)")
  }

  @Test(
    "A-labels and U-labels lead to each other",
    arguments: [
      ("bücher", "xn--bcher-kva"), ("例え", "xn--r8jz45g"), ("straße", "xn--strae-oqa"), ("почта", "xn--80a1acny"),
    ])
  func converts(_ unicode: String, _ ascii: String) {
    #expect(idna.aLabel(of: Array(unicode.utf8)) == Array(ascii.utf8))
    #expect(idna.uLabel(of: Array(ascii.utf8)) == Array(unicode.utf8))
    #expect(idna.uLabel(of: Array(ascii.uppercased().utf8)) == Array(unicode.utf8))
    #expect(idna.judge(Array(unicode.utf8).span).encodedLength == ascii.utf8.count)
  }

  @Test(
    "fake A-labels are none",
    arguments: ["xn--", "xn--a", "xn--abc-", "xn--0", "xn--99999999", "xn--n3h", "xn--ls8h", "xn----bga"])
  func refusesFakes(_ label: String) {
    #expect(idna.uLabel(of: Array(label.utf8)) == nil)
  }

  @Test("what was probably meant is lower case and half width")
  func maps() {
    #expect(idna.mapped(Array("BÜCHER".utf8)) == Array("bücher".utf8))
    #expect(idna.mapped(Array("ｅｘ１".utf8)) == Array("ex1".utf8))
    #expect(idna.mapped(Array("☃".utf8)) == nil)
    #expect(idna.mapped(Array("ok".utf8)) == nil)
  }
}
