/// A part of an address with its place: the parse tree, children before their parents.
public struct AddressNode: Sendable, Equatable {
  /// What a node is, in the words of the RFCs.
  public enum Kind: String, Sendable, CaseIterable {
    case localPart = "local-part"
    case atom
    case quotedString = "quoted-string"
    case comment
    case domain
    case label
    case literal = "domain-literal"
  }

  /// What it is.
  public let kind: Kind
  /// Its octets.
  public let range: Range<Int>

  /// How many nodes a tree has at most.
  static let limit = 4096
}
