import ArgumentParser
import Glibc
import SASL
import SMTPClient
import SMTPSession
import SMTPWire

/// `parley auth decode`: names the parts of AUTH strings.
struct AuthDecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Names the parts of an AUTH line, a challenge, a token or a whole pasted login.")

  @Argument(help: "The line as it was pasted; standard input, of one line or several, when left out.")
  var string: [String] = []
  @Flag(help: "Show secrets.") var show = false
  @Flag(help: "Print JSON, one object a line.") var json = false

  func run() throws {
    SecretGuard.arm()
    let text =
      string.isEmpty
      ? String(decoding: try InputFile.read("-"), as: UTF8.self) : string.joined(separator: " ")
    let lines = Self.unwrapped(text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self) })
    guard lines.contains(where: { !$0.trimmingBlanks.isEmpty }) else {
      throw ValidationError("expected a string, an AUTH line or a login, as an argument or on standard input")
    }
    guard lines.count > 1 else { return try decodeOne(lines[0]) }
    let entries = SASLExchangeDecoder(lines.joined(separator: "\n"), now: time(nil)).entries
    Output.write(json ? entries.flatMap { AuthText.object($0, show: show) } : AuthText.table(entries, show: show))
    for entry in entries {
      if case .failed = entry.content { throw ExitStatus.badInput.exitCode }
    }
  }

  private func decodeOne(_ line: String) throws {
    do {
      let decoded = try SASLStringDecoder(line, now: time(nil))
      Output.write(json ? AuthText.object(decoded, show: show) : AuthText.table(decoded, show: show))
    } catch {
      Output.diagnostic("parley: error [auth.bad_base64]: column \(error.offset + 1): \(error.message)")
      if json { Output.write(AuthText.object(error)) }
      let octets = Array(line.utf8)
      Output.diagnostic("  " + (show ? OctetText.readable(octets) : SASLStringDecoder.veiled(octets)))
      let column = OctetText.readable(Array(line.utf8.prefix(error.offset))).unicodeScalars.count
      Output.diagnostic("  " + String(repeating: " ", count: column) + "^")
      throw ExitStatus.badInput.exitCode
    }
  }

  /// One line where a program has broken a long string into lines of one length.
  private static func unwrapped(_ lines: [String]) -> [String] {
    guard let width = lines.first?.utf8.count, lines.count > 1, width >= 60, let last = lines.last,
      lines.dropLast().allSatisfy({ $0.utf8.count == width && !$0.contains(" ") }), last.utf8.count <= width,
      !last.contains(" ")
    else { return lines }
    return [lines.joined()]
  }
}
