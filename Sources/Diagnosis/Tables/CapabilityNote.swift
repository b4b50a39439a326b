package import Dialogue
package import SMTPSession
import SMTPWire

/// A word about an extension that the server offers, or should.
package struct CapabilityNote: Hashable, Sendable {
  /// Where the extension stands.
  package enum Standing: Hashable, Sendable {
    /// Offered, and this session used it.
    case used
    case offered
    /// Offered before STARTTLS and not after it.
    case gone
    /// Not offered, and it would matter.
    case missing
  }

  /// The keyword with its parameters, safe on a terminal.
  package let keyword: String
  /// Offered, used, gone or missed.
  package let standing: Standing
  /// A word or two: `used`, `35 MiB limit`.
  package let word: String
  /// The RFC; empty for an extension that has none.
  package let clause: String
}

/// Says of each extension what it is good for in this session.
package enum CapabilityNotes {
  /// The extensions offered, in the server's order, then those gone after TLS, then those that are missed.
  package static func notes(for session: ClientSession, used: Set<String> = []) -> [CapabilityNote] {
    guard let capabilities = session.capabilities else { return [] }
    var notes = capabilities.keywords.prefix(200).map { offered($0, session, used) }
    let lost = session.plainCapabilities?.keywords.prefix(200).filter { !capabilities.offers($0.name) } ?? []
    notes += lost.map { gone($0, session) }
    let known = Set(capabilities.keywords.map(\.name)).union(lost.map(\.name))
    return notes
      + missed(session).filter { !known.contains($0.keyword) }.map {
        CapabilityNote(keyword: $0.keyword, standing: .missing, word: "not offered", clause: $0.clause)
      }
  }

  /// What a server of today should offer here.
  private static func missed(_ session: ClientSession) -> [Extension] {
    ExtensionTable.all.filter { $0.isExpected && $0.offer != (session.isSecured ? .beforeTLS : .underTLS) }
  }

  private static func offered(
    _ keyword: Capabilities.Keyword, _ session: ClientSession, _ used: Set<String>
  ) -> CapabilityNote {
    let isUsed = used.contains(keyword.name) || keyword.name == "AUTH" && session.isAuthenticated
    return CapabilityNote(
      keyword: text(keyword), standing: isUsed ? .used : .offered, word: word(keyword, session, isUsed),
      clause: ExtensionTable.entry(keyword.name)?.clause ?? "")
  }

  private static func word(_ keyword: Capabilities.Keyword, _ session: ClientSession, _ isUsed: Bool) -> String {
    switch keyword.name {
    case "AUTH" where session.isAuthenticated:
      return "\(session.mechanism.map { OctetText.readable(Array($0.utf8)) } ?? "login") ok"
    case "AUTH" where !session.isSecured: return "offered in clear"
    case "STARTTLS" where session.isSecured: return "offered inside TLS: wrong"
    default:
      let detail = ExtensionTable.entry(keyword.name)?.detail(keyword.parameters)
      return detail.map { OctetText.readable(Array($0.utf8.prefix(80))) } ?? (isUsed ? "used" : "offered")
    }
  }

  private static func gone(_ keyword: Capabilities.Keyword, _ session: ClientSession) -> CapabilityNote {
    let word = keyword.name == "STARTTLS" ? "gone after TLS, as it must be" : "gone after TLS"
    return CapabilityNote(
      keyword: OctetText.readable(Array(keyword.name.utf8.prefix(40))), standing: .gone, word: word,
      clause: keyword.name == "STARTTLS" ? "RFC 3207" : "RFC 3207 §4.2")
  }

  private static func text(_ keyword: Capabilities.Keyword) -> String {
    OctetText.readable(Array(keyword.text.prefix(120)))
  }

  /// The extensions that a session has used, by their keywords.
  package static func used(in events: [TimedEvent]) -> Set<String> {
    SessionReading(events).usedExtensions
  }
}
