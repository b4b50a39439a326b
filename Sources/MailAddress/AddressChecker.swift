/// Judges addresses, one after the other, into one report that is used again: nothing is allocated for an address
/// without findings. Time is linear in the octets and nothing recurses, whatever the input.
public struct AddressChecker: Sendable {
  private var parser: AddressParser
  private let policy: AddressPolicy
  private let hasPolicy: Bool

  /// What was found about the address last checked.
  public var report: AddressReport { parser.report }

  /// A checker with the caller's own demands, none by default, and what it takes to judge domain labels that are
  /// not ASCII.
  public init(policy: AddressPolicy = AddressPolicy(), idna: any IDNAConverter = IDNA2008()) {
    parser = AddressParser(idna: idna)
    self.policy = policy
    hasPolicy = policy != AddressPolicy()
  }

  /// Judges one address: the octets from the first to the last, without line end.
  @discardableResult
  public mutating func check(_ octets: Span<UInt8>) -> AddressVerdict {
    parser.parse(octets)
    if hasPolicy { policy.apply(to: &parser.report) }
    return parser.report.verdict(.smtp)
  }

  /// Judges one address given as octets.
  @discardableResult
  public mutating func check(_ octets: [UInt8]) -> AddressVerdict { check(octets.span) }

  /// Judges one address and returns all that was found; for many addresses a checker is faster.
  public static func check(
    _ address: String, policy: AddressPolicy = AddressPolicy(), idna: any IDNAConverter = IDNA2008()
  ) -> AddressReport {
    var checker = AddressChecker(policy: policy, idna: idna)
    checker.check(Array(address.utf8))
    return checker.report
  }

  /// Judges an address and keeps the nodes of its parse tree.
  static func tree(_ octets: [UInt8], idna: any IDNAConverter) -> (report: AddressReport, nodes: [AddressNode]) {
    var parser = AddressParser(idna: idna)
    parser.nodes = []
    parser.parse(octets.span)
    return (parser.report, parser.nodes ?? [])
  }

  /// Judges without the short cut for plain addresses; the same findings by the other road.
  mutating func checkSlowly(_ octets: [UInt8]) {
    parser.usesShortcut = false
    check(octets.span)
    parser.usesShortcut = true
  }
}
