/// Likely typing mistakes in domains: only ever a suggestion, never a verdict. A domain known to be good is never
/// doubted, however near it is to a greater one.
public struct DomainSuggester: Sendable {
  private let known: [String]
  private let good: Set<String>

  /// A suggester for the great mail domains; `others` are domains of the caller's own that are good as well and can be
  /// suggested, in lower case.
  public init(others: [String] = []) {
    known = Self.greatDomains + others
    good = Set(known + Self.nearbyDomains)
  }

  /// The addresses that may have been meant, the likeliest first, at most three.
  public func suggestions(for octets: [UInt8], _ report: AddressReport) -> [[UInt8]] {
    guard let range = report.parts.domain, !report.parts.isLiteral, range.count <= 64 else { return [] }
    let domain = octets[range].map(Octet.lowered)
    guard !good.contains(String(decoding: domain, as: UTF8.self)) else { return [] }
    return candidates(domain).prefix(3).map { Array(octets[..<range.lowerBound]) + Array($0.utf8) }
  }

  private func candidates(_ domain: [UInt8]) -> [String] {
    guard let repaired = Self.withRepairedEnd(domain) else { return nearNames(domain) }
    return good.contains(repaired) ? [repaired] : nearNames(Array(repaired.utf8)) + [repaired]
  }

  private func nearNames(_ domain: [UInt8]) -> [String] {
    let near = known.compactMap { name -> (name: String, distance: Int)? in
      let target = Array(name.utf8)
      let distance = Self.distance(domain, target)
      // One slip in a name of seven or more, two in one of ten or more that starts alike.
      let isNear =
        distance == 1 && target.count >= 7 || distance == 2 && target.count >= 10 && domain.first == target.first
      return isNear ? (name, distance) : nil
    }
    return near.sorted { $0.distance < $1.distance }.map(\.name)
  }

  /// A domain whose last label is a slip for one of the great top-level domains.
  private static func withRepairedEnd(_ domain: [UInt8]) -> String? {
    guard let dot = domain.lastIndex(of: Octet.dot) else { return nil }
    let end = String(decoding: domain[(dot + 1)...], as: UTF8.self)
    guard let repaired = slips[end] else { return nil }
    return String(decoding: domain[...dot], as: UTF8.self) + repaired
  }

  /// Insertions, deletions, substitutions and swaps of neighbours between two names of at most 64 octets; 3 stands
  /// for three and more.
  static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    guard abs(one.count - other.count) <= 2 else { return 3 }
    var before: [Int] = []
    var row = Array(0...other.count)
    for i in one.indices {
      var next = [i + 1]
      for j in other.indices {
        var best = min(row[j] + (one[i] == other[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        let isSwap = i > 0 && j > 0 && one[i] == other[j - 1] && one[i - 1] == other[j]
        if isSwap { best = min(best, before[j - 1] + 1) }
        next.append(best)
      }
      (before, row) = (row, next)
    }
    return min(row[other.count], 3)
  }

  private static let slips: [String: String] = [
    "con": "com", "cpm": "com", "cim": "com", "vom": "com", "xom": "com", "comm": "com", "coom": "com", "ocm": "com",
    "cmo": "com", "cm0": "com", "c0m": "com", "clm": "com", "nte": "net", "ner": "net", "bet": "net", "nett": "net",
    "ney": "net", "ogr": "org", "orgg": "org", "prg": "org", "ofg": "org",
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
