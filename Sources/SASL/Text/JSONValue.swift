/// A value of JSON, as OAuth's errors and tokens hold it (RFC 8259).
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// As it was written.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// The members in their order; a name may come twice.
  case object([Member])

  /// A name and its value.
  package struct Member: Hashable, Sendable {
    /// The member's name.
    package let name: String
    /// The member's value.
    package let value: JSONValue
  }

  /// Reads one value with nothing behind it; nil for what is none, or nested deeper than 32.
  package init?(_ octets: [UInt8]) {
    var parser = JSONParser(octets)
    guard let value = parser.document() else { return nil }
    self = value
  }

  /// The first member of a name, where this is an object.
  package subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// A string's or number's text; nil for other values.
  package var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// The value as one line.
  package var line: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array(let values): values.map(\.line).joined(separator: " ")
    case .object(let members): members.map { "\($0.name)=\($0.value.line)" }.joined(separator: " ")
    }
  }
}
