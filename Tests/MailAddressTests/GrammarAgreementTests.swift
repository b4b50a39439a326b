import MailAddress
import Testing

/// Addresses made from the RFCs' ABNF are accepted, and mutated ones are judged as the ABNF judges them.
struct GrammarAgreementTests {
  /// A generator with a fixed seed, so that a failure happens again.
  struct Dice {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
  }

  /// Derives a random text from a rule. Deep in the tree it prefers what ends soon.
  static func derive(_ grammar: ABNFGrammar, _ node: ABNFGrammar.Node, _ dice: inout Dice, _ depth: Int) -> [UInt8] {
    switch node {
    case .octets(let range):
      let width = min(Int(range.upperBound - range.lowerBound), range.upperBound > 127 ? 0x300 : 127)
      let scalar = Unicode.Scalar(range.lowerBound + UInt32(dice.roll(width + 1))) ?? "x"
      return Array(String(Character(scalar)).utf8)
    case .text(let text): return text
    case .rule(let name):
      // Comments in comments, and long folds, only near the root.
      guard let rule = grammar.rules[name], depth < 24 else { return [] }
      return derive(grammar, rule, &dice, depth + 1)
    case .sequence(let parts): return parts.flatMap { derive(grammar, $0, &dice, depth + 1) }
    case .choice(let branches):
      let index = depth > 10 ? 0 : dice.roll(branches.count)
      return derive(grammar, branches[index], &dice, depth + 1)
    case .repetition(let least, let most, let inner):
      let extra = depth > 10 ? 0 : dice.roll(min(most - least, 3) + 1)
      return (0..<least + extra).flatMap { _ in derive(grammar, inner, &dice, depth + 1) }
    }
  }

  static let alphabet: [UInt8] = Array("ab0.@\"\\ ()[]:-_,<>;\t\r\n%IPv6".utf8) + [0, 1, 127, 0xC3, 0xA9]

  /// One small damage: an octet taken out, put in, changed or doubled.
  static func mutate(_ text: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var text = text
    for _ in 0...dice.roll(2) {
      let index = dice.roll(text.count + 1)
      let octet = alphabet[dice.roll(alphabet.count)]
      switch dice.roll(4) {
      case 0 where index < text.count: text.remove(at: index)
      case 1 where index < text.count: text[index] = octet
      case 2 where index < text.count: text.insert(text[index], at: index)
      default: text.insert(octet, at: index)
      }
    }
    return text
  }

  static func samples(_ grammar: ABNFGrammar, _ rule: String, _ count: Int, seed: UInt64) -> [[UInt8]] {
    var dice = Dice(seed)
    return (0..<count).map { _ in derive(grammar, .rule(rule), &dice, 0) }.filter { $0.count < 60 }
  }

  static func shown(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self).debugDescription }

  @Test("addresses from the grammar of RFC 5322 are accepted, damaged ones judged as the grammar does")
  func agreesOnHeaders() {
    var dice = Dice(11)
    var checker = AddressChecker()
    for text in Self.samples(MailGrammar.header, "addr-spec", 1200, seed: 5) {
      checker.check(text)
      let isDerived = MailGrammar.header.matches("addr-spec", text)
      #expect(checker.report.isValid(.header) == isDerived, "\(Self.shown(text))")
      for _ in 0..<4 {
        let damaged = Self.mutate(text, &dice)
        checker.check(damaged)
        let expected = MailGrammar.header.matches("addr-spec", damaged)
        #expect(checker.report.isValid(.header) == expected, "\(Self.shown(damaged))")
      }
    }
  }

  @Test("the same with UTF-8 in headers, RFC 6532")
  func agreesOnInternationalizedHeaders() {
    var dice = Dice(12)
    var checker = AddressChecker()
    for text in Self.samples(MailGrammar.eaiHeader, "addr-spec", 600, seed: 6) {
      for damaged in [text, Self.mutate(text, &dice), Self.mutate(text, &dice)] {
        checker.check(damaged)
        let expected = MailGrammar.eaiHeader.matches("addr-spec", damaged)
        #expect(checker.report.isValid(.eaiHeader) == expected, "\(Self.shown(damaged))")
      }
    }
  }

  @Test("the same for the envelope, RFC 5321 with its limits")
  func agreesOnEnvelopes() {
    var dice = Dice(13)
    var checker = AddressChecker()
    for text in Self.samples(MailGrammar.smtp, "mailbox", 1500, seed: 7) {
      for damaged in [text] + (0..<4).map({ _ in Self.mutate(text, &dice) }) {
        checker.check(damaged)
        let expected = MailGrammar.isMailbox(damaged, MailGrammar.smtp)
        #expect(checker.report.isValid(.smtp) == expected, "\(Self.shown(damaged))")
      }
    }
  }

  @Test("the same for the envelope with UTF-8 in the local part, RFC 6531")
  func agreesOnInternationalizedEnvelopes() {
    var dice = Dice(14)
    var checker = AddressChecker()
    for text in Self.samples(MailGrammar.eai, "mailbox", 800, seed: 8) {
      for damaged in [text, Self.mutate(text, &dice), Self.mutate(text, &dice)] {
        // Labels that are not ASCII are a matter of IDNA.
        checker.check(damaged)
        if checker.report.findings.contains(where: { $0.rule == .domainNonAscii }) { continue }
        let expected = MailGrammar.isMailbox(damaged, MailGrammar.eai)
        #expect(checker.report.isValid(.eai) == expected, "\(Self.shown(damaged))")
      }
    }
  }

  @Test("the judge of the grammar knows right from wrong itself")
  func judgeIsRight() {
    #expect(MailGrammar.header.matches("addr-spec", Array("a (b) . c@[d]".utf8)))
    #expect(!MailGrammar.header.matches("addr-spec", Array("a..c@d".utf8)))
    #expect(MailGrammar.isMailbox(Array("a@[IPv6:1::2]".utf8), MailGrammar.smtp))
    #expect(!MailGrammar.isMailbox(Array("a@[IPv6:1:2:3:4::5:6:7]".utf8), MailGrammar.smtp))
    #expect(!MailGrammar.isMailbox(Array("a@[1.2.3.256]".utf8), MailGrammar.smtp))
  }
}
