import CIDN2
package import MailAddress

/// IDNA2008 with the mapping of UTS #46, which libidn2 knows. It judges as `IDNA2008` does, because that has the place
/// of a fault, and finds what was meant by more of what people type: ligatures, circled letters, decomposed letters,
/// characters that nobody sees, ideographic full stops for dots.
package struct IDNAEngine: IDNAConverter {
  private let rules = IDNA2008()

  /// The octets of a label that are mapped at most: more than a domain of 253 octets has in any form.
  private static let limit = 1024

  /// A converter without state.
  package init() {}

  /// Judges a label by IDNA2008 (RFC 5891 §4.2).
  package func judge(_ label: Span<UInt8>) -> IDNAJudgement { rules.judge(label) }

  /// The A-label form; nil when the label cannot be encoded.
  package func aLabel(of label: [UInt8]) -> [UInt8]? { rules.aLabel(of: label) }

  /// The U-label of an A-label; nil when it is a fake one.
  package func uLabel(of label: [UInt8]) -> [UInt8]? { rules.uLabel(of: label) }

  /// What was probably meant by one label, with dots where characters stand in it that UTS #46 takes for dots; nil when
  /// that is what was written, or no label of IDNA2008.
  package func mapped(_ label: [UInt8]) -> [UInt8]? {
    guard label.count <= Self.limit, !label.contains(0), let text = String(validating: label, as: UTF8.self) else {
      return nil
    }
    // In lower case beforehand: before Unicode 15.1, UTS #46 had "ss" for the capital sharp s, which is another domain.
    let meant = Self.ascii(Array(text.lowercased().utf8)).flatMap(unicode) ?? rules.mapped(label)
    return meant == label ? nil : meant
  }

  /// Labels in the form of DNS as the unicode ones they stand for; nil when one of them is none.
  private func unicode(_ domain: [UInt8]) -> [UInt8]? {
    var labels: [[UInt8]] = []
    for part in domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      let isEncoded = part.starts(with: "xn--".utf8)
      guard let label = isEncoded ? rules.uLabel(of: Array(part)) : Array(part), !label.isEmpty,
        rules.judge(label.span).fault == nil
      else { return nil }
      labels.append(label)
    }
    return Array(labels.joined(separator: [UInt8(ascii: ".")]))
  }

  /// Labels as DNS is asked for them, mapped by UTS #46 without its transitional processing; nil when they have no
  /// such form. The library's switch for STD3 is left off: it leaves out the characters that it should refuse.
  private static func ascii(_ text: [UInt8]) -> [UInt8]? {
    var found: UnsafeMutablePointer<UInt8>?
    guard idn2_lookup_u8(text + [0], &found, Int32(IDN2_NONTRANSITIONAL.rawValue)) == IDN2_OK.rawValue, let found
    else { return nil }
    defer { idn2_free(found) }
    return Array(UnsafeBufferPointer(start: found, count: strnlen(found, limit)))
  }
}
