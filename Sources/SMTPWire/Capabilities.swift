/// What a server offers: the lines of its reply to EHLO (RFC 5321 §4.1.1.1).
package struct Capabilities: Hashable, Sendable {
  /// One line: a keyword and its parameters.
  package struct Keyword: Hashable, Sendable {
    /// The keyword in upper case; octets that are not ASCII become `?`.
    package let name: String
    /// The parameters as they came, split at blanks; those that are not UTF-8 are repaired for reading.
    package let parameters: [String]
    /// The line's text as it came.
    package let text: [UInt8]
  }

  /// The text of the first line: the server's name, often a greeting behind it.
  package let greeting: [UInt8]
  /// The keywords in their order, repeated ones included.
  package let keywords: [Keyword]

  /// Reads the reply to EHLO, or to HELO, which offers nothing.
  package init(_ reply: Reply) {
    let texts = reply.texts
    greeting = Array(texts.first ?? [])
    keywords = texts.dropFirst().compactMap(Self.keyword)
  }

  /// What a server offers that has not been asked.
  package static let none = Capabilities(Reply(250, ""))

  /// Whether a keyword is offered; upper and lower case are the same.
  package func offers(_ name: String) -> Bool { parameters(of: name) != nil }

  /// The parameters of all lines with a keyword; nil when there is none.
  package func parameters(of name: String) -> [String]? {
    let name = name.uppercased()
    let found = keywords.filter { $0.name == name }
    return found.isEmpty ? nil : found.flatMap(\.parameters)
  }

  /// The SASL mechanisms offered, in upper case and in the server's order (RFC 4954 §3).
  ///
  /// The form `AUTH=`, which old clients ask for, counts too.
  package var mechanisms: [String] {
    var found: [String] = []
    for keyword in keywords {
      var names: [String] = []
      if keyword.name == "AUTH" { names = keyword.parameters }
      if keyword.name.hasPrefix("AUTH=") { names = [String(keyword.name.dropFirst(5))] + keyword.parameters }
      // Only ASCII is made upper case: no other letter becomes one of a mechanism's.
      for name in names.filter(Self.isMechanism).map({ $0.uppercased() }) where !found.contains(name) {
        found.append(name)
      }
    }
    return found
  }

  /// The greatest message in octets (RFC 1870 §3); nil when the server names no limit.
  ///
  /// A number too great for 64 bits is as good as no limit.
  package var maximumSize: Int? {
    parameters(of: "SIZE")?.first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  private static func keyword(_ text: ArraySlice<UInt8>) -> Keyword? {
    let words = text.split(separator: UInt8(ascii: " "))
    guard let first = words.first else { return nil }
    let name = String(decoding: first.map { $0 < 0x80 ? $0.asciiUppercased : UInt8(ascii: "?") }, as: UTF8.self)
    let parameters = words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    return Keyword(name: name, parameters: parameters, text: Array(text))
  }

  /// RFC 4422 §3.1: 1 to 20 of letters, digits, hyphen and underscore.
  private static func isMechanism(_ name: String) -> Bool {
    (1...20).contains(name.utf8.count)
      && name.utf8.allSatisfy { octet in
        octet.isASCIILetter || octet.isASCIIDigit || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
      }
  }
}
