/// IDNA2008 (RFC 5890 to 5893) with the properties that the standard library knows of every scalar.
public struct IDNA2008: IDNAConverter {
  /// A converter without state.
  public init() {}

  /// Judges a label in the order of RFC 5891 §4.2 and encodes one without fault.
  public func judge(_ label: Span<UInt8>) -> IDNAJudgement {
    let scalars = UTF8Scalar.scalars(label, 0..<label.count)
    if let fault = fault(scalars, label.count) { return IDNAJudgement(fault: fault, encodedLength: 0) }
    return IDNAJudgement(fault: nil, encodedLength: 4 + (Punycode.encodedLength(scalars) ?? label.count))
  }

  private func fault(_ scalars: [UInt32], _ count: Int) -> IDNAFault? {
    var form = NormalizationCheck()
    var (all, seen): (UInt8, UInt8) = (.max, 0)
    let common = ScalarFacts.common
    for scalar in scalars {
      let facts = ScalarFacts.of(scalar, in: common)
      form.add(scalar, facts)
      all &= facts
      seen |= facts
    }
    if !form.isNormal { return IDNAFault(.notNFC, 0..<count) }
    if scalars.count >= 4, scalars[2] == 0x2D, scalars[3] == 0x2D {
      let start = Self.width(scalars[0]) + Self.width(scalars[1])
      return IDNAFault(.hyphen, start..<start + 2)
    }
    if scalars.first == 0x2D { return IDNAFault(.hyphen, 0..<1) }
    if scalars.last == 0x2D { return IDNAFault(.hyphen, count - 1..<count) }
    if let first = scalars.first, ScalarFacts.of(first, in: common) & ScalarFacts.mark != 0 {
      return IDNAFault(.combiningStart, 0..<Self.width(first), scalar: first)
    }
    if all & ScalarFacts.valid == 0, let fault = scalarFault(scalars) { return fault }
    let holds = seen & ScalarFacts.rightToLeft == 0 || BidiRule.holds(for: scalars)
    return holds ? nil : IDNAFault(.bidi, 0..<count)
  }

  private func scalarFault(_ scalars: [UInt32]) -> IDNAFault? {
    var offset = 0
    var context: IDNAContext?
    for index in scalars.indices {
      let scalar = scalars[index]
      let range = offset..<offset + Self.width(scalar)
      switch IDNAProperty(of: scalar) {
      case .valid: break
      case .disallowed:
        return IDNAFault(IDNAProperty.hasLowerCase(scalar) ? .uppercase : .disallowed, range, scalar: scalar)
      case .contextual:
        let known = context ?? IDNAContext(scalars)
        context = known
        if !known.allows(scalars, index) { return IDNAFault(.context, range, scalar: scalar) }
      }
      offset = range.upperBound
    }
    return nil
  }

  /// The A-label form; letters in ASCII are lowered.
  public func aLabel(of label: [UInt8]) -> [UInt8]? {
    let scalars = UTF8Scalar.scalars(label.span, 0..<label.count)
    guard let encoded = Punycode.encode(scalars.map { $0 < 0x80 ? UInt32(Octet.lowered(UInt8($0))) : $0 }) else {
      return nil
    }
    return Array("xn--".utf8) + encoded
  }

  /// The U-label of an A-label, nil when decoding, judging and encoding do not lead back to it.
  public func uLabel(of label: [UInt8]) -> [UInt8]? {
    guard label.count > 4, label.count <= 63 else { return nil }
    let lowered = label.map(Octet.lowered)
    guard let scalars = Punycode.decode(Array(lowered[4...])), scalars.contains(where: { $0 >= 0x80 }) else {
      return nil
    }
    var text: [UInt8] = []
    for scalar in scalars { UTF8Scalar.append(scalar, to: &text) }
    return fault(scalars, text.count) == nil && Punycode.encode(scalars).map { $0[...] } == lowered[4...] ? text : nil
  }

  /// Lower case and half width, scalar by scalar (RFC 5895 §2), where that makes a U-label or a label in ASCII.
  public func mapped(_ label: [UInt8]) -> [UInt8]? {
    var text: [UInt8] = []
    for scalar in UTF8Scalar.scalars(label.span, 0..<label.count) {
      if scalar >= 0xFF01 && scalar <= 0xFF5E {
        text.append(Octet.lowered(UInt8(scalar - 0xFF01 + 0x21)))
      } else if let value = Unicode.Scalar(scalar) {
        text.append(contentsOf: value.properties.lowercaseMapping.utf8)
      }
    }
    return text != label && judge(text.span).fault == nil ? text : nil
  }

  static func width(_ scalar: UInt32) -> Int { scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4 }
}

/// The derived property of a scalar (RFC 5892 §2 and §3).
enum IDNAProperty {
  case valid
  case contextual
  case disallowed

  init(of scalar: UInt32) {
    switch scalar {
    case 0x2D, 0x30...0x39, 0x61...0x7A, 0xDF...0xF6, 0xF8...0xFF, 0x3AC...0x3C1, 0x3C3...0x3CE, 0x430...0x45F,
      0x5D0...0x5EA, 0x620...0x63F, 0x641...0x64A, 0x904...0x928, 0x3041...0x3096, 0x30A1...0x30FA,
      0x4E00...0x9FFF, 0xAC00...0xD7A3:
      self = .valid
    case ..<0x80: self = .disallowed
    // The exceptions of RFC 5892 §2.6.
    case 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: self = .valid
    case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9, 0x200C, 0x200D: self = .contextual
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: self = .disallowed
    // Old Hangul jamo and the blocks of §2.9 and §2.4.
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF, 0x20D0...0x20FF, 0x1D100...0x1D24F: self = .disallowed
    // Blocks without letters, digits or marks: punctuation, arrows to miscellaneous symbols, emoji.
    case 0x2000...0x206F, 0x2190...0x2BFF, 0x1F000...0x1FAFF: self = .disallowed
    default: self = Self.derived(scalar)
    }
  }

  /// Whether lower-casing makes a valid scalar of this one.
  static func hasLowerCase(_ scalar: UInt32) -> Bool {
    guard let value = Unicode.Scalar(scalar), value.properties.generalCategory == .uppercaseLetter else { return false }
    let lowered = value.properties.lowercaseMapping.unicodeScalars
    guard lowered.count == 1, let only = lowered.first else { return false }
    return IDNAProperty(of: only.value) == .valid
  }

  private static func derived(_ scalar: UInt32) -> IDNAProperty {
    guard let value = Unicode.Scalar(scalar) else { return .disallowed }
    let properties = value.properties
    switch properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter, .nonspacingMark,
      .spacingMark:
      // What case folding with compatibility mapping changes or takes away is unstable (§2.2) or ignorable (§2.3).
      return properties.changesWhenNFKCCaseFolded ? .disallowed : .valid
    default: return .disallowed
    }
  }
}
