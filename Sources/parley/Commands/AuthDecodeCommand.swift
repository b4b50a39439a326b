import ArgumentParser
import Failures
import Glibc
import SASL
import SMTPClient
import SMTPSession
import SMTPWire

/// `parley auth decode`: names the parts of AUTH strings.
struct AuthDecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Names the parts of an AUTH line, a challenge, a token or a whole pasted login.",
    discussion: """
      With --verify the answers are compared with those that a password makes; it comes from --auth-password, \
      --password-fd, --password-command, PARLEY_PASSWORD or a prompt. Exit status: 0 all could be decoded, 1 an answer \
      was made with another password, 65 a string is broken or no message of its mechanism.
      """)

  @Argument(help: "The line as it was pasted; standard input, of one line or several, when left out.")
  var string: [String] = []
  @Flag(help: "Show secrets.") var show = false
  @Flag(help: "Find out whether the answers were made with a password.") var verify = false
  @OptionGroup var login: CredentialOptions
  @Flag(help: "Print JSON, one object a line.") var json = false

  func run() throws {
    SecretGuard.arm()
    let text =
      string.isEmpty
      ? String(decoding: try InputFile.read("-"), as: UTF8.self) : string.joined(separator: " ")
    let lines = text.split(whereSeparator: \.isNewline).filter { !String($0).trimmingBlanks.isEmpty }
    guard let first = lines.first else {
      throw ValidationError("expected a string, an AUTH line or a login, as an argument or on standard input")
    }
    if lines.count == 1, !verify { return try decodeOne(String(first)) }
    var entries = SASLExchangeDecoder(text, now: time(nil)).entries
    let hasOther = try verify && judge(&entries)
    if entries.count == 1, case .decoded(let decoded) = entries[0].content {
      Output.write(json ? AuthText.object(decoded, show: show) : AuthText.table(decoded, show: show))
    } else {
      Output.write(json ? entries.flatMap { AuthText.object($0, show: show) } : AuthText.table(entries, show: show))
    }
    if entries.contains(where: \.isBroken) { throw ExitStatus.badInput.exitCode }
    if hasOther { throw ExitStatus.unmet.exitCode }
  }

  private func decodeOne(_ line: String) throws {
    let decoded: SASLStringDecoder
    do {
      decoded = try SASLStringDecoder(line, now: time(nil))
    } catch {
      let status = Output.failure(.authBadBase64, "column \(error.offset + 1): \(error.message)")
      if json { Output.write(AuthText.object(error)) }
      func shown(_ octets: [UInt8]) -> String {
        show ? OctetText.readable(octets) : SASLStringDecoder.veiled(octets)
      }
      Output.diagnostic("  " + shown(Array(line.utf8)))
      let column = shown(Array(line.utf8.prefix(error.offset))).unicodeScalars.count
      Output.diagnostic("  " + String(repeating: " ", count: column) + "^")
      throw status
    }
    Output.write(json ? AuthText.object(decoded, show: show) : AuthText.table(decoded, show: show))
    if decoded.isMalformed { throw ExitStatus.badInput.exitCode }
  }

  /// Notes at each answer whether the user's password made it; whether another one made some.
  private func judge(_ entries: inout [SASLExchangeDecoder.Entry]) throws -> Bool {
    var options = login
    // The name stands in the login; what is looked for is the password.
    options.authUser = login.authUser ?? ""
    guard let password = try options.credentials(host: "")?.password, !password.isEmpty else {
      throw ValidationError("--verify: expected a password, from --password-fd, --password-command or a prompt")
    }
    let verdicts = SASLAnswerCheck.verdicts(entries, password: password, digests: .openSSL)
    guard !verdicts.isEmpty else {
      throw ValidationError("--verify: no answer to verify: paste the login from AUTH on, with the server's challenges")
    }
    for (index, verdict) in verdicts { entries[index].note(verdict) }
    return verdicts.values.contains(.differs)
  }
}
