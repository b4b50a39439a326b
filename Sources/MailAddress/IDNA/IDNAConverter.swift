/// Judges and converts domain labels that are not ASCII. `IDNA2008` does it with the standard library alone; an
/// effect side may fill this with a C library to map what people type (UTS #46) before it is judged.
public protocol IDNAConverter: Sendable {
  /// What keeps a label in UTF-8 from being a U-label (RFC 5891 §5.4), and how long its A-label is.
  func judge(_ label: Span<UInt8>) -> IDNAJudgement
  /// The A-label form of a label in UTF-8, whether it has a fault or not; nil when it cannot be encoded.
  func aLabel(of label: [UInt8]) -> [UInt8]?
  /// The U-label of an A-label; nil when it is a fake one (RFC 5890 §2.3.2.1).
  func uLabel(of label: [UInt8]) -> [UInt8]?
  /// The label that was probably meant by one with a fault: lower case, half width; nil when nobody can tell. It is
  /// several labels with dots where the one has characters that stand for dots.
  func mapped(_ label: [UInt8]) -> [UInt8]?
}

/// What IDNA says of one label.
public struct IDNAJudgement: Sendable, Equatable {
  /// What keeps the label from being a U-label; nil when nothing does.
  public let fault: IDNAFault?
  /// Octets of the A-label, its "xn--" among them; 0 when it was not encoded.
  public let encodedLength: Int

  /// A judgement of both.
  public init(fault: IDNAFault?, encodedLength: Int) {
    self.fault = fault
    self.encodedLength = encodedLength
  }
}

/// What keeps a label from being a U-label.
public struct IDNAFault: Sendable, Equatable {
  /// The rule of IDNA2008 that is broken.
  public enum Kind: Sendable, CaseIterable {
    case disallowed, uppercase, context, bidi, notNFC, combiningStart, hyphen

    var rule: AddressRule {
      switch self {
      case .disallowed: .idnaDisallowed
      case .uppercase: .idnaUppercase
      case .context: .idnaContext
      case .bidi: .idnaBidi
      case .notNFC: .idnaNotNfc
      case .combiningStart: .idnaCombiningStart
      case .hyphen: .idnaHyphen
      }
    }
  }

  /// The rule broken.
  public let kind: Kind
  /// The octets of the label that break it.
  public let range: Range<Int>
  /// The character that breaks it, or 0.
  public let scalar: UInt32

  /// A fault at some octets of a label.
  public init(_ kind: Kind, _ range: Range<Int>, scalar: UInt32 = 0) {
    self.kind = kind
    self.range = range
    self.scalar = scalar
  }
}
