/// An SMTP service extension (RFC 5321 §2.2): the keyword by which a server announces it, and what it adds.
///
/// All that this program knows of an extension by name stands in its entry of `ExtensionTable`.
package struct Extension: Sendable {
  /// A parameter that the extension adds to MAIL or RCPT (RFC 5321 §4.1.2).
  package struct Parameter: Sendable {
    /// The keyword in upper case, without the `=`.
    package let name: String
    /// What may stand behind the `=`; nil for a parameter without a value.
    package let value: ParameterValue?
    /// Values worth proposing, best first.
    package let proposals: [String]

    /// A parameter; without a value it stands alone.
    init(_ name: String, _ value: ParameterValue? = nil, proposals: [String] = []) {
      self.name = name
      self.value = value
      self.proposals = proposals
    }

    /// The keyword, with `=` where a value follows.
    package var typed: String { value == nil ? name : name + "=" }
  }

  /// When a server may announce an extension.
  package enum Offer: Sendable {
    case always
    /// Only as long as there is no TLS.
    case beforeTLS
    /// Only once there is TLS.
    case underTLS
  }

  /// The keyword of the reply to EHLO, in upper case.
  package let keyword: String
  /// The document; empty when there is none.
  package let clause: String
  /// What it is for: a plain sentence without its full stop.
  package let summary: String
  /// The verbs that it adds, in upper case; not all of them are spoken here.
  package let verbs: [String]
  /// The parameters that it adds to MAIL.
  package let mail: [Parameter]
  /// The parameters that it adds to RCPT.
  package let rcpt: [Parameter]
  /// Whether a server of today should offer it.
  package let isExpected: Bool
  /// When it may be announced.
  package let offer: Offer
  /// What the words behind the keyword say; nil when they say nothing of note. It may quote them as they came.
  package let detail: @Sendable ([String]) -> String?

  init(
    _ keyword: String, _ clause: String, _ summary: String, verbs: [String] = [], mail: [Parameter] = [],
    rcpt: [Parameter] = [], isExpected: Bool = false, offer: Offer = .always,
    detail: @escaping @Sendable ([String]) -> String? = { _ in nil }
  ) {
    self.keyword = keyword
    self.clause = clause
    self.summary = summary
    self.verbs = verbs
    self.mail = mail
    self.rcpt = rcpt
    self.isExpected = isExpected
    self.offer = offer
    self.detail = detail
  }

  /// The parameters that it adds to a verb.
  package func parameters(of verb: Command.Verb) -> [Parameter] {
    switch verb {
    case .mail: mail
    case .rcpt: rcpt
    default: []
    }
  }
}

/// A word behind the path of MAIL or RCPT, found in the table.
package struct ParameterMatch: Sendable {
  /// The extension that the parameter belongs to.
  package let owner: Extension
  /// The parameter.
  package let parameter: Extension.Parameter
  /// How much of an allowed value stands behind the `=`; `.whole` where none is due and none is there.
  package let fit: ParameterValue.Fit
  /// What is expected as the value, of all extensions that know the parameter.
  package let expected: String

  /// What stands behind the `=` of the word that was found; empty for a parameter that takes no value and has none, and
  /// nil where a value is missing or too much.
  package func value(in word: [UInt8]) -> ArraySlice<UInt8>? {
    let rest = word[...].drop { $0 != UInt8(ascii: "=") }
    return rest.isEmpty == (parameter.value == nil) ? rest.dropFirst() : nil
  }
}

extension ExtensionTable {
  /// The extension of a keyword in upper case; nil for an unknown one.
  package static func entry(_ keyword: String) -> Extension? { all.first { $0.keyword == keyword } }

  /// The extension that adds a verb in upper case; nil for the verbs of RFC 5321 and for unknown ones.
  package static func entry(adding verb: String) -> Extension? { all.first { $0.verbs.contains(verb) } }

  /// All extensions with each parameter that they add to a verb, in the table's order.
  package static func parameters(of verb: Command.Verb) -> [(owner: Extension, parameter: Extension.Parameter)] {
    all.flatMap { owner in owner.parameters(of: verb).map { (owner, $0) } }
  }

  /// Finds a word such as `SIZE=10`; nil for one that no extension adds to the verb.
  ///
  /// Where several extensions add values to one parameter (BODY), the one whose value fits best is it.
  package static func match(_ word: ArraySlice<UInt8>, of verb: Command.Verb) -> ParameterMatch? {
    let name = word.prefix { $0 != UInt8(ascii: "=") }
    let value = name.count < word.count ? word.dropFirst(name.count + 1) : nil
    let found = parameters(of: verb).filter { name.equalsIgnoringCase($0.parameter.name) }
    let expected = found.compactMap(\.parameter.value?.expected).joined(separator: ", or ")
    let matches = found.map { owner, parameter in
      ParameterMatch(owner: owner, parameter: parameter, fit: fit(value, of: parameter), expected: expected)
    }
    return matches.first { match in matches.allSatisfy { $0.fit <= match.fit } }
  }

  private static func fit(_ value: ArraySlice<UInt8>?, of parameter: Extension.Parameter) -> ParameterValue.Fit {
    guard let grammar = parameter.value else { return value == nil ? .whole : .none }
    guard let value, !value.isEmpty else { return .beginning }
    return grammar.fit(value)
  }
}
