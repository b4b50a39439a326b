import SMTPWire

/// Events as JSON Lines, for programs: one object a line, each with `"schema":1`.
package enum DialogueJSON {
  /// Appends the object of one event and a line feed.
  ///
  /// Its members: `time` in seconds; `kind`, which is `client`, `server`, `event` or `note`; `text`. A client's line has
  /// `secrets` where variables stand in it, a server's line `code` and `more` where it begins as a reply does. `ending` is
  /// `lf` or `none` where it is not CRLF, and `octets` is the base64 of a text that is not UTF-8.
  package static func encode(_ event: TimedEvent, into buffer: inout [UInt8]) {
    append("{\"schema\":1,\"time\":", to: &buffer)
    appendTime(event.time, to: &buffer)
    switch event.event {
    case .sent(let line): encode(line, into: &buffer)
    case .received(let line): encode(line, into: &buffer)
    case .event(let event):
      append(",\"kind\":\"event\",\"name\":", to: &buffer)
      string(Array(event.name.utf8), into: &buffer)
      text(event.details, into: &buffer)
    case .note(let words):
      append(",\"kind\":\"note\"", to: &buffer)
      text(Array(words.utf8), into: &buffer)
    }
    append("}\n", to: &buffer)
  }

  /// Appends a JSON string in its quotes; octets that are not UTF-8 become U+FFFD.
  ///
  /// Whatever is unseen or acts on a terminal is written as `\uXXXX`.
  package static func string(_ octets: some Collection<UInt8>, into buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "\""))
    for scalar in String(decoding: octets, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"": append("\\\"", to: &buffer)
      case "\\": append("\\\\", to: &buffer)
      case " "..."~": buffer.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        if isUnseen(scalar) {
          for unit in String(scalar).utf16 { appendUnit(unit, to: &buffer) }
        } else {
          buffer.append(contentsOf: String(scalar).utf8)
        }
      }
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private static func encode(_ line: OutgoingLine, into buffer: inout [UInt8]) {
    var octets: [UInt8] = []
    var names: [String] = []
    for part in line.parts {
      switch part {
      case .octets(let plain): octets += plain
      case .secret(let secret):
        octets += Array(secret.description.utf8)
        names.append(secret.name)
      }
    }
    append(",\"kind\":\"client\"", to: &buffer)
    text(octets, into: &buffer)
    ending(line.ending, into: &buffer)
    guard !names.isEmpty else { return }
    append(",\"secrets\":[", to: &buffer)
    for (index, name) in names.enumerated() {
      if index > 0 { append(",", to: &buffer) }
      string(Array(name.utf8), into: &buffer)
    }
    append("]", to: &buffer)
  }

  private static func encode(_ line: WireLine, into buffer: inout [UInt8]) {
    append(",\"kind\":\"server\"", to: &buffer)
    text(line.octets, into: &buffer)
    ending(line.ending, into: &buffer)
    let separator = line.octets.dropFirst(3).first ?? 0x20
    guard let code = ReplyCode(octets: line.octets.prefix(3)), separator == 0x20 || separator == UInt8(ascii: "-")
    else {
      return
    }
    append(",\"code\":\(code.rawValue),\"more\":\(separator != 0x20)", to: &buffer)
  }

  private static func text(_ octets: [UInt8], into buffer: inout [UInt8]) {
    append(",\"text\":", to: &buffer)
    string(octets, into: &buffer)
    guard !isUTF8(octets) else { return }
    append(",\"octets\":\"", to: &buffer)
    buffer.append(contentsOf: Base64.encode(octets))
    append("\"", to: &buffer)
  }

  private static func ending(_ ending: WireLine.Ending, into buffer: inout [UInt8]) {
    switch ending {
    case .crlf: break
    case .bareLF: append(",\"ending\":\"lf\"", to: &buffer)
    case .none: append(",\"ending\":\"none\"", to: &buffer)
    }
  }

  private static func isUTF8(_ octets: [UInt8]) -> Bool {
    String(validating: octets, as: UTF8.self) != nil
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func appendUnit(_ unit: UInt16, to buffer: inout [UInt8]) {
    append("\\u", to: &buffer)
    buffer.append(contentsOf: UInt8(unit >> 8).hexadecimal)
    buffer.append(contentsOf: UInt8(unit & 0xFF).hexadecimal)
  }

  private static func append(_ text: String, to buffer: inout [UInt8]) {
    buffer.append(contentsOf: text.utf8)
  }

  /// Seconds with six decimals at most, without zeros at the end.
  private static func appendTime(_ time: Duration, to buffer: inout [UInt8]) {
    let (seconds, attoseconds) = time.components
    append("\(max(0, seconds))", to: &buffer)
    var digits = Array(String(1_000_000 + max(0, attoseconds) / 1_000_000_000_000).utf8.dropFirst())
    while digits.last == 0x30 { digits.removeLast() }
    if !digits.isEmpty { buffer.append(UInt8(ascii: ".")) }
    buffer.append(contentsOf: digits)
  }
}
