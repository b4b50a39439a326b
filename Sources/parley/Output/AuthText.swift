import Dialogue
import SASL
import SMTPSession
import SMTPWire

/// What `parley auth` prints.
enum AuthText {
  /// The parts of a string, for people.
  static func table(_ decoded: SASLStringDecoder, show: Bool, indent: String = "") -> [UInt8] {
    let width = max(10, decoded.fields.map(\.name.utf8.count).max() ?? 0) + 1
    func row(_ name: String, _ value: String) -> String {
      indent + name + String(repeating: " ", count: max(1, width - name.utf8.count)) + value
    }
    var lines = decoded.kind.map { [row("mechanism", OctetText.readable($0.utf8))] } ?? []
    lines += decoded.fields.map { row(OctetText.readable($0.name.utf8), value($0, show)) }
    lines += decoded.notes.map { row("note", $0) }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The lines of a login, each with its parts below it.
  static func table(_ entries: [SASLExchangeDecoder.Entry], show: Bool) -> [UInt8] {
    entries.flatMap { entry -> [UInt8] in
      let side = entry.isServer ? "S" : "C"
      switch entry.content {
      case .plain: return Array("\(side) \(OctetText.readable(entry.line))\n".utf8)
      case .decoded(let decoded):
        let line = show ? OctetText.readable(entry.line) : entry.masked
        return Array("\(side) \(line)\n".utf8) + table(decoded, show: show, indent: "    ")
      case .failed(let failure):
        let place = "line \(entry.number), column \(failure.offset + 1)"
        let line = show ? OctetText.readable(entry.line) : entry.masked
        return Array("\(side) \(line)\n    error: \(place): \(failure.message)\n".utf8)
      }
    }
  }

  private static func value(_ field: SASLStringDecoder.Field, _ show: Bool) -> String {
    if field.octets.isEmpty { return "(empty)" }
    return field.isSecret && !show
      ? "‹secret \(field.octets.count) chars› (--show shows it)" : OctetText.readable(field.octets)
  }

  /// The parts of a string as a JSON object.
  static func object(_ decoded: SASLStringDecoder, show: Bool) -> [UInt8] {
    Array("{\"schema\":1,".utf8) + members(decoded, show) + Array("}\n".utf8)
  }

  /// Why a string cannot be taken apart, as a JSON object.
  static func object(_ failure: SASLStringDecoder.Failure) -> [UInt8] {
    var text = Array("{\"schema\":1".utf8)
    append(failure, to: &text)
    return text + Array("}\n".utf8)
  }

  private static func append(_ failure: SASLStringDecoder.Failure, to text: inout [UInt8]) {
    text += Array(",\"error\":".utf8)
    DialogueJSON.string(Array(failure.message.utf8), into: &text)
    text += Array(",\"offset\":\(failure.offset)".utf8)
  }

  /// A line of a login as a JSON object.
  static func object(_ entry: SASLExchangeDecoder.Entry, show: Bool) -> [UInt8] {
    Array("{\"schema\":1,".utf8) + members(entry, show) + Array("}\n".utf8)
  }

  private static func members(_ entry: SASLExchangeDecoder.Entry, _ show: Bool) -> [UInt8] {
    var text = Array("\"line\":\(entry.number),\"side\":\"\(entry.isServer ? "server" : "client")\"".utf8)
    switch entry.content {
    case .plain: break
    case .decoded(let decoded): text += [UInt8(ascii: ",")] + members(decoded, show)
    case .failed(let failure): append(failure, to: &text)
    }
    return text
  }

  /// The lines that were built, and the parts of the whole login, as a JSON object.
  static func object(
    lines: [String], mechanism: String, user: String, parts: [SASLExchangeDecoder.Entry], show: Bool
  ) -> [UInt8] {
    var text = Array("{\"schema\":1,\"mechanism\":\"\(mechanism)\",\"user\":".utf8)
    DialogueJSON.string(Array(user.utf8), into: &text)
    text += Array(",\"lines\":".utf8)
    append(lines, to: &text)
    let objects = parts.map { [UInt8(ascii: "{")] + members($0, show) + [UInt8(ascii: "}")] }
    text += Array(",\"parts\":[".utf8) + objects.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    return text + Array("}\n".utf8)
  }

  private static func members(_ decoded: SASLStringDecoder, _ show: Bool) -> [UInt8] {
    var text = Array("\"mechanism\":".utf8)
    if let kind = decoded.kind {
      DialogueJSON.string(Array(kind.utf8), into: &text)
    } else {
      text += Array("null".utf8)
    }
    text += Array(",\"fields\":{".utf8)
    for (index, field) in decoded.fields.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      DialogueJSON.string(Array(field.name.utf8), into: &text)
      text.append(UInt8(ascii: ":"))
      if field.isSecret, !show { text += Array("null".utf8) } else { DialogueJSON.string(field.octets, into: &text) }
    }
    text += Array("},\"notes\":".utf8)
    append(decoded.notes, to: &text)
    return text
  }

  private static func append(_ texts: [String], to octets: inout [UInt8]) {
    octets.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { octets.append(UInt8(ascii: ",")) }
      DialogueJSON.string(Array(text.utf8), into: &octets)
    }
    octets.append(UInt8(ascii: "]"))
  }
}
