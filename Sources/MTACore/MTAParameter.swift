import SASL
import SMTPSession

/// Why a setting cannot be taken.
package enum MTAParameterDiagnostic: Error, Hashable, Sendable {
  /// The parameter is not supported here: it counts for nothing.
  case unsupported
  /// The value is none that the parameter can have; this was expected.
  case badValue(expected: String)
}

/// One parameter of Postfix's main.cf that the reference MTA follows.
struct MTAParameter: Sendable {
  /// As main.cf has it.
  let name: String
  /// What a value looks like.
  let expected: String
  /// Takes a value over; false when it is none.
  let apply: @Sendable (String, inout MTAConfiguration) -> Bool

  init(_ name: String, _ expected: String, apply: @escaping @Sendable (String, inout MTAConfiguration) -> Bool) {
    (self.name, self.expected, self.apply) = (name, expected, apply)
  }

  static func flag(_ name: String, _ place: any WritableKeyPath<MTAConfiguration, Bool> & Sendable) -> MTAParameter {
    MTAParameter(name, "yes or no") { value, configuration in
      guard let isOn = ["yes": true, "no": false][value.lowercased()] else { return false }
      configuration[keyPath: place] = isOn
      return true
    }
  }

  static func number(
    _ name: String, _ range: ClosedRange<Int>, _ place: any WritableKeyPath<MTAConfiguration, Int> & Sendable
  ) -> MTAParameter {
    MTAParameter(name, "a number from \(range.lowerBound) to \(range.upperBound)") { value, configuration in
      guard let number = Int(value), range.contains(number) else { return false }
      configuration[keyPath: place] = number
      return true
    }
  }

  static func time(
    _ name: String, _ place: any WritableKeyPath<MTAConfiguration, Duration> & Sendable
  ) -> MTAParameter {
    MTAParameter(name, "a time such as 300s, 5m or 1h, at most 1w") { value, configuration in
      let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
      let unit = value.last.flatMap { units[$0.lowercased()] }
      guard let number = Int(unit == nil ? value[...] : value.dropLast()), (0...604_800).contains(number),
        number * (unit ?? 1) <= 604_800
      else { return false }
      configuration[keyPath: place] = .seconds(number * (unit ?? 1))
      return true
    }
  }

  static func words<Value: Sendable>(
    _ name: String, _ values: KeyValuePairs<String, Value>,
    _ place: any WritableKeyPath<MTAConfiguration, Value> & Sendable
  ) -> MTAParameter {
    let table = values.map { ($0.key, $0.value) }
    return MTAParameter(name, table.map(\.0).joined(separator: ", ")) { word, configuration in
      guard let value = table.first(where: { $0.0 == word.lowercased() })?.1 else { return false }
      configuration[keyPath: place] = value
      return true
    }
  }

  static func options(
    _ name: String, _ set: @escaping @Sendable (SASLSecurityOptions, inout MTAConfiguration) -> Void
  ) -> MTAParameter {
    let expected = "noplaintext, noanonymous, noactive, nodictionary, forward_secrecy, mutual_auth or nothing"
    return MTAParameter(name, expected) { value, configuration in
      guard let options = SASLSecurityOptions(value) else { return false }
      set(options, &configuration)
      return true
    }
  }
}
