/// Likely typing mistakes in domains: only ever a suggestion, never a verdict. A domain known to be good is never
/// doubted, however near it is to a greater one.
///
/// A suggestion needs a slip that fingers make: a neighbour's key, a letter doubled, lost or swapped with its
/// neighbour. The country code is never changed, for another country's domain is somebody else's.
public struct DomainSuggester: Sendable {
  private let known: [[UInt8]]
  private let good: Set<String>
  private let providers: Set<String>

  /// A suggester for the great mail domains; `others` are domains of the caller's own that are good as well and can be
  /// suggested, in lower case.
  public init(others: [String] = []) {
    let names = Self.greatDomains + others
    known = names.map { Array($0.utf8) }
    good = Set(names + Self.nearbyDomains)
    providers = Set(good.map(Self.firstLabel))
  }

  /// The addresses that may have been meant, the likeliest first, at most three.
  public func suggestions(for octets: [UInt8], _ report: AddressReport) -> [[UInt8]] {
    guard !report.parts.isLiteral, let start = domainStart(octets, report), octets.count - start <= 64 else {
      return []
    }
    let domain = octets[start...].map(Octet.lowered)
    guard !good.contains(String(decoding: domain, as: UTF8.self)) else { return [] }
    return candidates(domain).prefix(3).map { Array(octets[..<start]) + $0 }
  }

  /// Where the domain begins; also that of an address whose domain has a slip in its dots.
  private func domainStart(_ octets: [UInt8], _ report: AddressReport) -> Int? {
    if let range = report.parts.domain { return range.upperBound == octets.count ? range.lowerBound : nil }
    guard let sign = octets.lastIndex(of: Octet.at), sign > 0 else { return nil }
    let isDomain = octets[(sign + 1)...].allSatisfy { OctetClass.isLDH($0) || $0 == Octet.dot || $0 == Octet.comma }
    return isDomain ? sign + 1 : nil
  }

  private func candidates(_ domain: [UInt8]) -> [[UInt8]] {
    let tidied = Self.withSingleDots(domain)
    if good.contains(String(decoding: tidied, as: UTF8.self)) { return tidied == domain ? [] : [tidied] }
    let repaired = Self.withRepairedEnd(tidied)
    let text = String(decoding: repaired, as: UTF8.self)
    if good.contains(text) { return [repaired] }
    let near = providers.contains(Self.firstLabel(text)) ? [] : nearNames(repaired)
    return near + (repaired == tidied ? [] : [repaired])
  }

  /// The known domains that are one slip away.
  private func nearNames(_ domain: [UInt8]) -> [[UInt8]] {
    guard !Self.words.contains(Self.firstLabel(String(decoding: domain, as: UTF8.self))) else { return [] }
    return known.filter { name in
      // Short names are near to everything.
      guard Self.firstLabel(String(decoding: name, as: UTF8.self)).utf8.count >= 5 else { return false }
      return Self.keepsEnd(domain, name) && TypingSlip.parts(domain, from: name)
    }
  }

  /// Whether what is behind the first dot is the same, or the dot itself is lost.
  private static func keepsEnd(_ domain: [UInt8], _ name: [UInt8]) -> Bool {
    guard let dot = domain.firstIndex(of: Octet.dot) else { return true }
    guard let other = name.firstIndex(of: Octet.dot) else { return false }
    return domain[dot...].elementsEqual(name[other...])
  }

  private static func firstLabel(_ domain: String) -> String { String(domain.prefix { $0 != "." }) }

  /// A domain without doubled dots, and with dots for commas.
  private static func withSingleDots(_ domain: [UInt8]) -> [UInt8] {
    var tidied: [UInt8] = []
    for octet in domain.map({ $0 == Octet.comma ? Octet.dot : $0 }) where octet != Octet.dot || tidied.last != Octet.dot
    {
      tidied.append(octet)
    }
    return tidied
  }

  /// A domain with a great top-level domain for its last label, where that is a slip for one and no domain itself.
  private static func withRepairedEnd(_ domain: [UInt8]) -> [UInt8] {
    guard let dot = domain.lastIndex(of: Octet.dot), domain.count - dot > 3 else { return domain }
    let end = Array(domain[(dot + 1)...])
    guard !realEnds.contains(String(decoding: end, as: UTF8.self)),
      let repaired = ends.first(where: { TypingSlip.parts(end, from: $0) })
    else { return domain }
    return domain[...dot] + repaired
  }

  private static let ends = ["com", "net", "org"].map { Array($0.utf8) }

  /// Top-level domains that exist and are one slip from a great one.
  private static let realEnds: Set<String> = ["com", "net", "org", "cam", "bom", "ong", "nec", "ngo"]

  /// Words and other people's domains that are one slip from a great one.
  private static let words: Set<String> = [
    "mail", "email", "ymail", "zmail", "vmail", "fmail", "hmail", "bmail", "tmail", "rmail", "cloud", "hotel", "range",
    "change", "charger", "nave", "postee", "mailbag", "lookout",
  ]

  private static let greatDomains = [
    "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.co.jp", "hotmail.com",
    "hotmail.co.uk", "hotmail.fr", "outlook.com", "live.com", "icloud.com", "protonmail.com", "proton.me", "gmx.de",
    "gmx.net", "web.de", "t-online.de", "freenet.de", "fastmail.com", "comcast.net", "verizon.net", "orange.fr",
    "wanadoo.fr", "libero.it", "yandex.ru", "mail.ru", "naver.com", "126.com", "163.com", "aol.com", "zoho.com",
    "mailbox.org", "posteo.de", "btinternet.com", "sbcglobal.net", "bellsouth.net", "charter.net", "optonline.net",
  ]

  /// Good domains that are one or two letters from a great one.
  private static let nearbyDomains = [
    "mail.com", "email.com", "ymail.com", "gmx.com", "gmx.at", "gmx.ch", "gmx.fr", "mailo.com", "me.com", "mac.com",
    "live.fr", "live.de", "live.co.uk", "live.nl", "live.ca", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.ca",
    "yahoo.in", "yahoo.co", "yahoo.co.in", "yahoo.com.br", "yahoo.com.au", "yahoo.com.ar", "hotmail.de", "hotmail.it",
    "hotmail.es", "hotmail.ca", "hotmail.nl", "outlook.de", "outlook.fr", "outlook.es", "outlook.it", "outlook.co",
    "aim.com", "att.net", "msn.com", "qq.com", "rocketmail.com", "inbox.com", "inbox.ru", "list.ru", "bk.ru",
    "ya.ru", "yandex.com", "hey.com", "pm.me", "proton.ch", "protonmail.ch", "tutanota.com", "tuta.com", "zoho.eu",
    "zohomail.com", "fastmail.fm", "laposte.net", "free.fr", "sfr.fr", "bluewin.ch", "arcor.de",
  ]
}
