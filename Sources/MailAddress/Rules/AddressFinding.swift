/// One thing found in an address, a list or a path.
public struct AddressFinding: Sendable, Equatable {
  /// Which rule speaks.
  public let rule: AddressRule
  /// The character found, where the rule is about one; an octet's value where it is about an octet.
  public let scalar: UInt32
  let low: UInt32
  var high: UInt32

  /// A finding about the octets from `start` up to `end`; a premature end is the empty range at the length.
  public init(_ rule: AddressRule, _ start: Int, _ end: Int, scalar: UInt32 = 0) {
    self.rule = rule
    self.scalar = scalar
    low = UInt32(truncatingIfNeeded: start)
    high = UInt32(truncatingIfNeeded: end)
  }

  /// Offset of the first octet, from 0.
  public var start: Int { Int(low) }

  /// Offset behind the last octet.
  public var end: Int { Int(high) }

  /// The same finding in a text that has `offset` octets before this one.
  func moved(by offset: Int) -> AddressFinding {
    AddressFinding(rule, start + offset, end + offset, scalar: scalar)
  }
}
