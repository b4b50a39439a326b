/// A part of an address with its place in the parse tree.
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

    /// How deep a part stands in the tree.
    var depth: Int {
      switch self {
      case .localPart, .domain, .literal: 0
      default: 1
      }
    }
  }

  /// What it is.
  public let kind: Kind
  /// Its octets.
  public let range: Range<Int>

  /// The parse tree of an address, parents before their children, in the order of the text: what could be read of an
  /// invalid address too. At most 4,096 parts.
  public static func tree(of octets: [UInt8], idna: any IDNAConverter = IDNA2008()) -> [AddressNode] {
    AddressChecker.tree(octets, idna: idna).nodes.sorted {
      ($0.range.lowerBound, -$0.range.upperBound, $0.kind.depth) < (
        $1.range.lowerBound, -$1.range.upperBound, $1.kind.depth
      )
    }
  }

  /// How many nodes a tree has at most.
  static let limit = 4096
}
