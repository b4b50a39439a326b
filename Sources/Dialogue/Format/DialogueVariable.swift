package import SMTPWire

/// A variable that a dialogue names, and the line that names it first.
package struct DialogueVariable: Hashable, Sendable {
  /// What stands between the braces.
  package let name: String
  /// The number of the line, from 1.
  package let line: Int
  /// The path of the included file in which the line stands; nil for the script itself.
  package let file: String?

  /// Whether a name is that of a secret: one of `auth.`, or one that speaks of a password, a secret or a token.
  package static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasPrefix("auth.") || ["password", "passwd", "secret", "token"].contains { name.contains($0) }
  }

  /// Whether a name may hold the octet: letters, digits, dot, hyphen, underscore.
  static func allows(_ octet: UInt8) -> Bool {
    octet.isASCIILetter || octet.isASCIIDigit || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "-")
      || octet == UInt8(ascii: "_")
  }
}

/// What stands for a variable when a line is played.
package enum VariableValue: Hashable, Sendable {
  /// Octets that anybody may see.
  case plain([UInt8])
  /// Octets that are recorded and shown by the variable's name alone.
  case secret([UInt8])

  /// The number of octets.
  package var count: Int {
    switch self {
    case .plain(let octets), .secret(let octets): octets.count
    }
  }
}

/// A variable to which nobody gave a value.
package struct MissingVariable: Error, Hashable, Sendable {
  /// What stands between the braces.
  package let name: String

  /// Names a variable.
  package init(name: String) {
    self.name = name
  }
}

extension DialogueText {
  /// The line to send, with a value for each variable.
  ///
  /// Throws `MissingVariable` for the first variable without one.
  package func outgoing(_ value: (String) -> VariableValue?) throws(MissingVariable) -> OutgoingLine {
    var parts: [OutgoingLine.Part] = []
    parts.reserveCapacity(segments.count)
    for segment in segments {
      switch segment {
      case .octets(let octets): parts.append(.octets(octets))
      case .variable(let name):
        guard let value = value(name) else { throw MissingVariable(name: name) }
        switch value {
        case .plain(let octets): parts.append(.octets(octets))
        case .secret(let octets): parts.append(.secret(Secret(name: name, octets: octets)))
        }
      }
    }
    return OutgoingLine(parts, ending: ending)
  }
}
