import ArgumentParser
import MailAddress
import SMTPSession
import SMTPWire

/// The options that become parameters of MAIL and RCPT.
extension SendCommand {
  /// The envelope that the options describe; they have been validated.
  var envelope: SubmissionEnvelope {
    var envelope = SubmissionEnvelope(sender: sender, recipients: recipients)
    envelope.sender = Self.path(sender)
    envelope.recipients = recipients.map(Self.path)
    envelope.pipelinesData = pipeline
    envelope.smtputf8 = smtputf8.flatMap { .init(rawValue: $0) } ?? .auto
    envelope.ignoresOffer = ignoreOffer
    envelope.mailParameters = words(of: .mail).map(\.word)
    envelope.rcptParameters = words(of: .rcpt).map(\.word)
    return envelope
  }

  /// Refuses values that no server may take; only what is given as a whole word is sent as it is.
  func validateEnvelope() throws {
    for verb in [Command.Verb.mail, .rcpt] {
      for (option, word) in words(of: verb) {
        if let fault = ConnectionOptions.fault(inWord: word) { throw ValidationError("\(option): \(fault)") }
        guard !["--mail-parameter", "--rcpt-parameter"].contains(option) else { continue }
        if let match = ExtensionTable.match(Array(word.utf8)[...], of: verb), match.fit != .whole {
          throw ValidationError("\(option): expected \(match.expected)")
        }
      }
    }
    if let smtputf8, SubmissionEnvelope.UTF8Policy(rawValue: smtputf8) == nil {
      throw ValidationError("--smtputf8: expected auto, always or never")
    }
    if orcpt != nil, recipients.count > 1 {
      throw ValidationError("--orcpt: it is one recipient's original address, and there are \(recipients.count)")
    }
  }

  /// The parameters of a verb, each with the option that it comes from.
  private func words(of verb: Command.Verb) -> [(option: String, word: String)] {
    if verb == .mail {
      return [("--ret", ret.map { "RET=\($0)" }), ("--envid", envid.map { "ENVID=\(Self.xtext($0))" })].compactMap(
        Self.given)
        + (requiretls ? [("--requiretls", "REQUIRETLS")] : []) + mailParameter.map { ("--mail-parameter", $0) }
    }
    let original = orcpt.map { address in
      let type = address.contains(";") ? String(address.prefix { $0 != ";" }) : "rfc822"
      return "ORCPT=\(type);\(Self.xtext(address.split(separator: ";", maxSplits: 1).last.map(String.init) ?? ""))"
    }
    return [("--notify", notify.map { "NOTIFY=\($0)" }), ("--orcpt", original)].compactMap(Self.given)
      + rcptParameter.map { ("--rcpt-parameter", $0) }
  }

  private static func given(_ option: String, _ word: String?) -> (option: String, word: String)? {
    word.map { (option, $0) }
  }

  private static func xtext(_ text: String) -> String { String(decoding: Xtext.encode(text.utf8), as: UTF8.self) }

  /// A path, and the same with its domain as A-labels where the local part is in ASCII (RFC 5890 §2.3.2.1).
  private static func path(_ text: String) -> SubmissionEnvelope.Path {
    guard let at = text.lastIndex(of: "@"), text[..<at].utf8.allSatisfy({ $0 < 0x80 }) else { return .init(text) }
    let rules = IDNA2008()
    let labels = text[text.index(after: at)...].split(separator: ".", omittingEmptySubsequences: false).map { label in
      let octets = Array(label.utf8)
      return octets.allSatisfy { $0 < 0x80 } ? octets : rules.aLabel(of: rules.mapped(octets) ?? octets)
    }
    guard !labels.contains(nil) else { return .init(text) }
    let domain = Array(labels.compactMap { $0 }.joined(separator: [UInt8(ascii: ".")]))
    return .init(text, ascii: text[...at] + String(decoding: domain, as: UTF8.self))
  }
}
