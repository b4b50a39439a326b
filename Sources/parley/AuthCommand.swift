import ArgumentParser
import Dialogue
import SMTPSession
import SMTPWire

/// `parley auth`: builds SASL strings and takes them apart, without a server.
struct AuthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auth", abstract: "Builds a SASL string, or takes one apart.",
    subcommands: [Plain.self, Login.self, Decode.self])

  /// `parley auth plain`.
  struct Plain: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The base64 of \\0user\\0password (RFC 4616).")

    @OptionGroup var login: CredentialOptions
    @Argument(help: "The user; the password is asked for.") var user: String?
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
      let credentials = try AuthCommand.credentials(login, user)
      var mechanism = PlainMechanism(credentials)
      let text = Base64.encode(mechanism.initialResponse() ?? [])
      AuthCommand.show(["AUTH PLAIN " + String(decoding: text, as: UTF8.self)], credentials, "PLAIN", json: json)
    }
  }

  /// `parley auth login`.
  struct Login: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The answers to LOGIN's two prompts.")

    @OptionGroup var login: CredentialOptions
    @Argument(help: "The user; the password is asked for.") var user: String?
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
      let credentials = try AuthCommand.credentials(login, user)
      var mechanism = LoginMechanism(credentials)
      let answers = [mechanism.respond(to: []), mechanism.respond(to: [])].compactMap { $0 }
      let lines = answers.map { String(decoding: Base64.encode($0), as: UTF8.self) }
      AuthCommand.show(["AUTH LOGIN"] + lines, credentials, "LOGIN", json: json)
    }
  }

  /// `parley auth decode`.
  struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Names the parts of an AUTH line, a challenge or a base64 string.")

    @Argument(help: "The line as it was pasted; standard input when left out.") var string: [String] = []
    @Flag(help: "Show secrets.") var show = false
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
      let text = string.isEmpty
        ? String(decoding: try InputFile.read("-").filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self) : string.joined(separator: " ")
      do {
        let decoded = try SASLStringDecoder(text)
        Output.write(json ? AuthCommand.object(decoded, show: show) : AuthCommand.table(decoded, show: show))
      } catch {
        Output.diagnostic("parley: error [auth.bad_base64]: column \(error.offset + 1): \(error.message)")
        Output.diagnostic("  \(OctetText.readable(Array(text.utf8)))")
        let column = OctetText.readable(Array(text.utf8.prefix(error.offset))).unicodeScalars.count
        Output.diagnostic("  " + String(repeating: " ", count: column) + "^")
        throw ExitStatus.badInput.exitCode
      }
    }
  }

  private static func credentials(_ options: CredentialOptions, _ user: String?) throws -> Credentials {
    var options = options
    options.authUser = options.authUser ?? user
    guard options.authUser != nil else { throw ValidationError("expected a user: parley auth plain alice") }
    guard let credentials = try options.credentials(host: "this login") else {
      throw ValidationError("expected a user: parley auth plain alice")
    }
    return credentials
  }

  private static func show(_ lines: [String], _ credentials: Credentials, _ mechanism: String, json: Bool) {
    if json {
      var text = Array("{\"schema\":1,\"mechanism\":\"\(mechanism)\",\"user\":".utf8)
      DialogueJSON.string(Array(credentials.user.utf8), into: &text)
      text += Array(",\"lines\":[".utf8)
      for (index, line) in lines.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        DialogueJSON.string(Array(line.utf8), into: &text)
      }
      return Output.write(text + Array("]}\n".utf8))
    }
    Output.line(lines.joined(separator: "\n"))
  }

  private static func table(_ decoded: SASLStringDecoder, show: Bool) -> [UInt8] {
    var lines = decoded.kind.map { ["mechanism  \($0)"] } ?? []
    for field in decoded.fields {
      lines.append(field.name + String(repeating: " ", count: max(1, 11 - field.name.utf8.count)) + value(field, show))
    }
    lines += decoded.notes.map { "note       \($0)" }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func value(_ field: SASLStringDecoder.Field, _ show: Bool) -> String {
    if field.octets.isEmpty { return "(empty)" }
    return field.isSecret && !show ? "‹secret \(field.octets.count) chars› (--show shows it)" : OctetText.readable(field.octets)
  }

  private static func object(_ decoded: SASLStringDecoder, show: Bool) -> [UInt8] {
    var text = Array("{\"schema\":1,\"mechanism\":".utf8)
    if let kind = decoded.kind { DialogueJSON.string(Array(kind.utf8), into: &text) } else { text += Array("null".utf8) }
    text += Array(",\"fields\":{".utf8)
    for (index, field) in decoded.fields.enumerated() {
      text += Array("\(index > 0 ? "," : "")\"\(field.name)\":".utf8)
      if field.isSecret, !show { text += Array("null".utf8) } else { DialogueJSON.string(field.octets, into: &text) }
    }
    text += Array("},\"notes\":[".utf8)
    for (index, note) in decoded.notes.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      DialogueJSON.string(Array(note.utf8), into: &text)
    }
    return text + Array("]}\n".utf8)
  }
}
