/// The RFCs' own ABNF and the few demands that they make in words, as an independent judge.
enum MailGrammar {
  /// RFC 5322 §3 and §4 with erratum 1908, as far as `addr-spec` reaches.
  static let header = ABNFGrammar(
    """
    WSP = %d32 / %d9
    CRLF = %d13 %d10
    obs-FWS = 1*([CRLF] WSP)
    FWS = ([*WSP CRLF] 1*WSP) / obs-FWS
    VCHAR = %d33-126
    obs-NO-WS-CTL = %d1-8 / %d11 / %d12 / %d14-31 / %d127
    obs-qp = %d92 (%d0 / obs-NO-WS-CTL / %d10 / %d13)
    quoted-pair = (%d92 (VCHAR / WSP)) / obs-qp
    ctext = %d33-39 / %d42-91 / %d93-126 / obs-NO-WS-CTL
    ccontent = ctext / quoted-pair / comment
    comment = "(" *([FWS] ccontent) [FWS] ")"
    CFWS = (1*([FWS] comment) [FWS]) / FWS
    ALPHA = %d65-90 / %d97-122
    DIGIT = %d48-57
    atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / %d47 / "=" / "?" / "^" / "_" / "`" / "{" / "|" / "}" / "~"
    atom = [CFWS] 1*atext [CFWS]
    dot-atom-text = 1*atext *("." 1*atext)
    dot-atom = [CFWS] dot-atom-text [CFWS]
    qtext = %d33 / %d35-91 / %d93-126 / obs-NO-WS-CTL
    qcontent = qtext / quoted-pair
    quoted-string = [CFWS] %d34 *([FWS] qcontent) [FWS] %d34 [CFWS]
    word = atom / quoted-string
    dtext = %d33-90 / %d94-126 / obs-dtext
    obs-dtext = obs-NO-WS-CTL / quoted-pair
    domain-literal = [CFWS] "[" *([FWS] dtext) [FWS] "]" [CFWS]
    obs-local-part = word *("." word)
    obs-domain = atom *("." atom)
    local-part = dot-atom / quoted-string / obs-local-part
    domain = dot-atom / domain-literal / obs-domain
    addr-spec = local-part "@" domain
    """)

  /// RFC 6532 §3.2: UTF-8 in text, atoms, quoted strings, literals and quoted pairs.
  static let eaiHeader = extended(
    header,
    """
    UTF8-non-ascii = %d128-1114111
    VCHAR = %d33-126 / UTF8-non-ascii
    ctext = %d33-39 / %d42-91 / %d93-126 / obs-NO-WS-CTL / UTF8-non-ascii
    atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / %d47 / "=" / "?" / "^" / "_" / "`" / "{" / "|" / "}" / "~" / UTF8-non-ascii
    qtext = %d33 / %d35-91 / %d93-126 / obs-NO-WS-CTL / UTF8-non-ascii
    dtext = %d33-90 / %d94-126 / obs-dtext / UTF8-non-ascii
    """)

  /// RFC 5321 §4.1.2 and §4.1.3. Of General-address-literal nothing is left because no tag is registered.
  static let smtp = ABNFGrammar(
    """
    ALPHA = %d65-90 / %d97-122
    DIGIT = %d48-57
    HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
    atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / %d47 / "=" / "?" / "^" / "_" / "`" / "{" / "|" / "}" / "~"
    Mailbox = Local-part "@" (Domain / address-literal)
    Local-part = Dot-string / Quoted-string
    Dot-string = Atom *("." Atom)
    Atom = 1*atext
    Quoted-string = %d34 *QcontentSMTP %d34
    QcontentSMTP = qtextSMTP / quoted-pairSMTP
    quoted-pairSMTP = %d92 %d32-126
    qtextSMTP = %d32-33 / %d35-91 / %d93-126
    Domain = sub-domain *("." sub-domain)
    sub-domain = Let-dig [Ldh-str]
    Let-dig = ALPHA / DIGIT
    Ldh-str = *(ALPHA / DIGIT / "-") Let-dig
    address-literal = "[" (IPv4-address-literal / IPv6-address-literal) "]"
    IPv4-address-literal = Snum 3("." Snum)
    IPv6-address-literal = "IPv6:" IPv6-addr
    IPv6-addr = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
    IPv6-hex = 1*4HEXDIG
    IPv6-full = IPv6-hex 7(":" IPv6-hex)
    IPv6-comp = [IPv6-hex *5(":" IPv6-hex)] "::" [IPv6-hex *5(":" IPv6-hex)]
    IPv6v4-full = IPv6-hex 5(":" IPv6-hex) ":" IPv4-address-literal
    IPv6v4-comp = [IPv6-hex *3(":" IPv6-hex)] "::" [IPv6-hex *3(":" IPv6-hex) ":"] IPv4-address-literal
    Snum = 1*3DIGIT
    """)

  /// RFC 6531 §3.3, with labels left in ASCII because IDNA is not a matter of ABNF.
  static let eai = extended(
    smtp,
    """
    UTF8-non-ascii = %d128-1114111
    atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / %d47 / "=" / "?" / "^" / "_" / "`" / "{" / "|" / "}" / "~" / UTF8-non-ascii
    qtextSMTP = %d32-33 / %d35-91 / %d93-126 / UTF8-non-ascii
    """)

  private static func extended(_ base: ABNFGrammar, _ text: String) -> ABNFGrammar {
    base.replacing(ABNFGrammar(text))
  }

  /// Whether a text is a Mailbox: the grammar, the comments in the grammar, and the limits of §4.5.3.1.
  static func isMailbox(_ text: [UInt8], _ grammar: ABNFGrammar) -> Bool {
    guard grammar.matches("mailbox", text), let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let domain = text[(at + 1)...]
    guard at <= 64, text.count <= 254 else { return false }
    if domain.first == UInt8(ascii: "[") { return holdsNumbers(String(decoding: domain, as: UTF8.self)) }
    return domain.count <= 253 && domain.split(separator: UInt8(ascii: ".")).allSatisfy { $0.count <= 63 }
  }

  /// The comments of §4.1.3: Snum is 0 to 255; besides "::" stand six groups at most, four before an IPv4 address.
  private static func holdsNumbers(_ literal: String) -> Bool {
    let content = literal.dropFirst().dropLast()
    let tail = content.split(separator: ":").last ?? ""
    if tail.contains("."), !tail.split(separator: ".").allSatisfy({ (Int($0) ?? 256) <= 255 }) { return false }
    guard content.contains("::") else { return true }
    let groups = content.dropFirst(5).split(separator: ":").count
    return tail.contains(".") ? groups - 1 <= 4 : groups <= 6
  }
}
