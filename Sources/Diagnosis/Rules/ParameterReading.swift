import SMTPSession
import SMTPWire

/// Which extensions a command uses, by its verb and by the parameters behind its path.
enum ParameterReading {
  /// The extensions that are known.
  static func extensions(of sent: SessionReading.Sent) -> [Extension] {
    guard case .command(let verb) = sent.stage else {
      // The last chunk awaits the verdict on the message, as the final dot does.
      let isChunk = sent.stage == .endOfData && Command(sent.line.octets).verb == .bdat
      return isChunk ? [ExtensionTable.entry(adding: "BDAT")].compactMap { $0 } : []
    }
    let added = [ExtensionTable.entry(adding: verb.rawValue)].compactMap { $0 }
    return added + parameters(of: sent.line.octets).compactMap { ExtensionTable.match($0, of: verb)?.owner }
  }

  /// The words behind the path's closing bracket.
  private static func parameters(of octets: [UInt8]) -> [ArraySlice<UInt8>] {
    guard let close = octets.lastIndex(of: UInt8(ascii: ">")) else { return [] }
    return octets[(close + 1)...].split(separator: 0x20).prefix(20).map { $0 }
  }
}
