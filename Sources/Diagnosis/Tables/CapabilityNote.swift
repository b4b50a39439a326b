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
    notes += ExtensionTable.missed.filter { !known.contains($0) && !($0 == "STARTTLS" && session.isSecured) }.map {
      CapabilityNote(keyword: $0, standing: .missing, word: "not offered", clause: ExtensionTable.clause($0))
    }
    return notes
  }

  private static func offered(
    _ keyword: Capabilities.Keyword, _ session: ClientSession, _ used: Set<String>
  ) -> CapabilityNote {
    let name = OctetText.readable(Array(keyword.name.utf8.prefix(40)))
    let isUsed = used.contains(keyword.name) || keyword.name == "AUTH" && session.isAuthenticated
    return CapabilityNote(
      keyword: text(keyword), standing: isUsed ? .used : .offered, word: word(keyword, session, isUsed),
      clause: ExtensionTable.clause(name))
  }

  private static func word(_ keyword: Capabilities.Keyword, _ session: ClientSession, _ isUsed: Bool) -> String {
    switch keyword.name {
    case "SIZE": return size(keyword.parameters.first)
    case "AUTH" where session.isAuthenticated:
      return "\(session.mechanism.map { OctetText.readable(Array($0.utf8)) } ?? "login") ok"
    case "AUTH" where !session.isSecured: return "offered in clear"
    case "STARTTLS" where session.isSecured: return "offered inside TLS: wrong"
    default: return isUsed ? "used" : "offered"
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

  /// The limit in the greatest binary unit that leaves a number of at least one.
  private static func size(_ parameter: String?) -> String {
    guard let parameter, parameter != "0" else { return "no limit named" }
    guard let octets = Int(parameter), octets > 0 else { return "a limit that is no number" }
    if octets < 1024 { return "\(octets) octets limit" }
    let unit = octets >= 1 << 30 ? (1 << 30, "GiB") : octets >= 1 << 20 ? (1 << 20, "MiB") : (1024, "KiB")
    let (whole, rest) = octets.quotientAndRemainder(dividingBy: unit.0)
    let tenth = rest / (unit.0 / 10)
    return tenth == 0 || tenth > 9 || whole >= 100 ? "\(whole) \(unit.1) limit" : "\(whole).\(tenth) \(unit.1) limit"
  }

  /// The extensions that a session has used, by their keywords.
  package static func used(in events: [TimedEvent]) -> Set<String> {
    SessionReading(events).usedExtensions
  }
}

/// The extensions that have a document, and those that are missed when they are not there.
enum ExtensionTable {
  /// What a server of today should offer.
  static let missed = [
    "STARTTLS", "PIPELINING", "SIZE", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "DSN", "CHUNKING", "REQUIRETLS",
    "LIMITS", "BINARYMIME",
  ]

  private static let clauses = [
    "PIPELINING": "RFC 2920", "SIZE": "RFC 1870", "VRFY": "RFC 5321 §3.5", "EXPN": "RFC 5321 §3.5",
    "HELP": "RFC 5321 §4.1.1.8",
    "ETRN": "RFC 1985", "STARTTLS": "RFC 3207", "AUTH": "RFC 4954", "ENHANCEDSTATUSCODES": "RFC 2034",
    "8BITMIME": "RFC 6152",
    "DSN": "RFC 3461", "SMTPUTF8": "RFC 6531", "CHUNKING": "RFC 3030", "BINARYMIME": "RFC 3030",
    "REQUIRETLS": "RFC 8689",
    "LIMITS": "RFC 9422", "DELIVERBY": "RFC 2852", "MT-PRIORITY": "RFC 6710", "FUTURERELEASE": "RFC 4865",
    "BURL": "RFC 4468",
    "RRVS": "RFC 7293", "CHECKPOINT": "RFC 1845", "NO-SOLICITING": "RFC 3865", "ATRN": "RFC 2645",
    "CONPERM": "RFC 4141",
    "CONNEG": "RFC 4141", "SUBMITTER": "RFC 4405",
  ]

  /// The extension's document; empty when it has none.
  static func clause(_ keyword: String) -> String { clauses[keyword] ?? "" }
}
