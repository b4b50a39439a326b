import SMTPSession
import SMTPWire

/// Which extensions a command uses, by its verb and by the parameters behind its path.
enum ParameterReading {
  /// The keywords of the extensions.
  static func extensions(of sent: SessionReading.Sent) -> [String] {
    guard case .command(let verb) = sent.stage else {
      // The last chunk awaits the verdict on the message, as the final dot does.
      return sent.stage == .endOfData && Command(sent.line.octets).verb == .bdat ? ["CHUNKING"] : []
    }
    switch verb {
    case .auth: return ["AUTH"]
    case .starttls: return ["STARTTLS"]
    case .bdat: return ["CHUNKING"]
    case .etrn: return ["ETRN"]
    case .vrfy: return ["VRFY"]
    case .xclient: return ["XCLIENT"]
    case .xforward: return ["XFORWARD"]
    case .mail, .rcpt: return parameters(of: sent.line.octets).compactMap(keyword)
    default: return []
    }
  }

  /// The words behind the path's closing bracket.
  static func parameters(of octets: [UInt8]) -> [[UInt8]] {
    guard let close = octets.lastIndex(of: UInt8(ascii: ">")) else { return [] }
    return octets[(close + 1)...].split(separator: 0x20).prefix(20).map { Array($0) }
  }

  /// The extension that a parameter belongs to; nil for an unknown one.
  static func keyword(of parameter: [UInt8]) -> String? {
    let name = parameter.prefix { $0 != UInt8(ascii: "=") }.map(\.asciiUppercased)
    switch String(decoding: name, as: UTF8.self) {
    case "SIZE": return "SIZE"
    case "BODY": return parameter.dropFirst(5).equalsIgnoringCase("BINARYMIME") ? "BINARYMIME" : "8BITMIME"
    case "RET", "ENVID", "NOTIFY", "ORCPT": return "DSN"
    case "SMTPUTF8": return "SMTPUTF8"
    case "AUTH": return "AUTH"
    case "REQUIRETLS": return "REQUIRETLS"
    case "BY": return "DELIVERBY"
    case "MT-PRIORITY": return "MT-PRIORITY"
    case "HOLDFOR", "HOLDUNTIL": return "FUTURERELEASE"
    case "RRVS": return "RRVS"
    default: return nil
    }
  }
}
