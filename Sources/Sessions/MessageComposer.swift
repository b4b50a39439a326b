import SMTPWire

/// Puts a message together from header fields, a body and attachments (RFC 5322, RFC 2045).
package struct MessageComposer: Sendable {
  /// A file to go with the message.
  package struct Attachment: Sendable {
    /// The name that the reader sees.
    package let name: String
    /// The file's content.
    package let octets: [UInt8]

    /// Makes an attachment; the name is shown to the reader.
    package init(name: String, octets: [UInt8]) {
      self.name = name
      self.octets = octets
    }
  }

  /// The From field's address, and the envelope's; empty for the null path.
  package var sender: String
  /// The To field's addresses.
  package var recipients: [String]
  /// The Date field's value.
  package var date: String
  /// A word that occurs nowhere else, for the Message-ID and the boundary.
  package var token: String
  /// Our own name, for the Message-ID's right side.
  package var hostName: String
  /// Further fields in order, `Name: value`; one that is made anyway is replaced.
  package var fields: [String] = []
  /// The text of the message.
  package var body = "This is a test mailing"
  /// Whether header fields keep letters beyond ASCII as they are; else those of free text are encoded (RFC 2047).
  package var keepsUTF8Fields = false
  /// The files that go with it, in order.
  package var attachments: [Attachment] = []

  /// Makes a composer for a message with the usual fields.
  package init(sender: String, recipients: [String], date: String, token: String, hostName: String) {
    self.sender = sender
    self.recipients = recipients
    self.date = date
    self.token = token
    self.hostName = hostName
  }

  /// Why a text is no header field; nil when it is one. A line break would begin another field.
  package static func fault(inField field: String) -> String? {
    guard let colon = field.utf8.firstIndex(of: UInt8(ascii: ":")), colon != field.startIndex else {
      return "expected Name: value"
    }
    // RFC 5322 §2.2: printable ASCII but the colon.
    if field.utf8[..<colon].contains(where: { !(0x21...0x7E).contains($0) }) {
      return "the name holds a character that is not allowed"
    }
    return field.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 }
      ? "a line break or NUL cannot stand in a field" : nil
  }

  /// The message's octets with CRLF line ends.
  package func compose() -> [UInt8] {
    var fields = usualFields
    for field in self.fields { replace(keepsUTF8Fields ? field : Self.encoded(field), in: &fields) }
    let text = attachments.isEmpty ? bodyText : multipart
    if attachments.isEmpty, needsEncoding {
      fields += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"] + Self.quotedPrintable
    }
    if !attachments.isEmpty {
      fields += ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"\(boundary)\""]
    }
    return Self.withCRLF(fields.joined(separator: "\n") + "\n\n" + text + (text.hasSuffix("\n") ? "" : "\n"))
  }

  private var usualFields: [String] {
    [
      "Date: \(date)", Self.folded("To:", recipients), "From: \(sender.isEmpty ? "<>" : sender)",
      "Subject: test \(date)", "Message-ID: <\(token)@\(hostName)>", "X-Mailer: parley",
    ]
  }

  private var boundary: String { "parley-\(token)" }

  private var multipart: String {
    let type =
      ["--\(boundary)", "Content-Type: text/plain; charset=UTF-8"] + (needsEncoding ? Self.quotedPrintable : [])
    var parts = [type.joined(separator: "\n") + "\n\n\(bodyText)\n"]
    for attachment in attachments {
      // What could end the quoted string or the field stays out of the name.
      let name = attachment.name.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline }
      parts.append(
        "--\(boundary)\nContent-Type: application/octet-stream\nContent-Disposition: attachment; \(Self.parameter(name))\n"
          + "Content-Transfer-Encoding: base64\n\n" + Self.wrapped(Base64.encode(attachment.octets)))
    }
    return parts.joined() + "--\(boundary)--\n"
  }

  /// Whether the body cannot go as it is to a server that takes ASCII in lines of at most 998 octets.
  private var needsEncoding: Bool {
    var traits = MessageTraits()
    traits.receive(Array(body.utf8))
    return traits.isEightBit || traits.longestLine > 998
  }

  private var bodyText: String {
    needsEncoding ? String(decoding: QuotedPrintable.encode(body.utf8.filter { $0 != 0x0D }), as: UTF8.self) : body
  }

  private static let quotedPrintable = ["Content-Transfer-Encoding: quoted-printable"]

  /// A field of addresses, on lines of at most 78 characters where an address leaves room (RFC 5322 §2.1.1).
  private static func folded(_ name: String, _ addresses: [String]) -> String {
    var field = name
    var width = name.utf8.count
    for (index, address) in addresses.enumerated() {
      let word = index == addresses.count - 1 ? address : address + ","
      let isFull = width + 1 + word.utf8.count > 78 && index > 0
      field += (isFull ? "\n " : " ") + word
      width = (isFull ? 0 : width) + 1 + word.utf8.count
    }
    return field
  }

  /// A field of free text with its value encoded; one with addresses or words of its own syntax as it is.
  private static func encoded(_ field: String) -> String {
    let name = field.prefix { $0 != ":" }
    let structured = ["from", "to", "cc", "bcc", "reply-to", "sender", "message-id", "references", "in-reply-to"]
    let isFree = !structured.contains(name.lowercased()) && !name.lowercased().hasPrefix("resent-")
    let value = field.dropFirst(name.count + 1)
    return isFree
      ? name + ":" + value.prefix { $0 == " " } + EncodedWord.encode(String(value.drop { $0 == " " })) : field
  }

  /// The parameter that names a file (RFC 2183 §2.3, RFC 2231 §4).
  private static func parameter(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return "filename=\"\(name)\"" }
    let octets = name.utf8.flatMap { octet in
      octet.isASCIILetter || octet.isASCIIDigit || octet == UInt8(ascii: ".")
        ? [octet] : [UInt8(ascii: "%")] + octet.hexadecimal
    }
    return "filename*=UTF-8''" + String(decoding: octets, as: UTF8.self)
  }

  private func replace(_ field: String, in fields: inout [String]) {
    let name = field.prefix { $0 != ":" }.lowercased()
    let index = fields.firstIndex { $0.prefix { $0 != ":" }.lowercased() == name }
    if let index { fields[index] = field } else { fields.append(field) }
  }

  /// RFC 2045 §6.8: at most 76 characters a line.
  private static func wrapped(_ text: [UInt8]) -> String {
    var lines = ""
    for start in stride(from: 0, to: text.count, by: 76) {
      lines += String(decoding: text[start..<min(start + 76, text.count)], as: UTF8.self) + "\n"
    }
    return lines
  }

  private static func withCRLF(_ text: String) -> [UInt8] {
    var octets: [UInt8] = []
    for octet in text.utf8 where octet != 0x0D {
      if octet == 0x0A { octets.append(0x0D) }
      octets.append(octet)
    }
    return octets
  }
}
