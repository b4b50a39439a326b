import ArgumentParser
import Dialogue
import Failures
import SMTPWire

/// `parley convert`: from other programs' logs, to other programs' forms.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", _superCommandName: "parley",
    abstract: "Imports other programs' logs, and writes a dialogue in another form.",
    discussion: """
      What the file is, is seen from its octets: a dialogue, or the output of swaks, openssl s_client, telnet, curl, \
      msmtp, Postfix (smtpd -v, a transcript mail), an RFC's example, a pcap or pcapng file. Secrets become variables.

      server-bytes and client-bytes are exactly what that side sent; a secret stays its variable's name.
      """)

  @Argument(help: "The file; - is standard input.") var file: String
  @Option(help: "\(ConvertForm.list).") var to: ConvertForm = .dialogue
  @Option(
    help: "What the file is, where it is not seen: \(ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var from: ImportFormat?
  @Option(help: "Which session, where the file holds several; the first is 1.") var session: Int?
  @Option(help: "Which message, for eml; the first is 1.") var message = 1
  @Option(help: "The target to write into a command line.") var target: String?
  @Flag(help: "Replace addresses, host names and IP addresses by stand-ins.") var redact = false

  func validate() throws {
    if let session, session < 1 { throw ValidationError("--session: expected a number from 1") }
    if message < 1 { throw ValidationError("--message: expected a number from 1") }
  }

  func run() throws {
    var dialogue = try read()
    if redact { dialogue = DialogueRedactor.redact(dialogue) }
    switch to {
    case .dialogue: Output.write(dialogue.source)
    case .serverBytes: Output.write(DialogueBytes.sent(by: .server, in: dialogue))
    case .clientBytes: Output.write(DialogueBytes.sent(by: .client, in: dialogue))
    case .export(let format): try write(dialogue, format)
    }
  }

  private func write(_ dialogue: Dialogue, _ format: ExportFormat) throws {
    var options = ExportOptions()
    options.target = target
    options.message = message
    let export = DialogueExporter.write(dialogue, as: format, options: options)
    for note in export.notes { Output.diagnostic("parley: note: \(note)") }
    guard !export.isEmpty else {
      throw Output.failure(.convertNothing, "\(file) holds nothing that can be written as \(format.rawValue)")
    }
    Output.write(export.octets)
  }

  private func read() throws -> Dialogue {
    var octets = try InputFile.read(file)
    if from == nil, let text = DialogueImporter.unquoted(octets) {
      Output.diagnostic("parley: note: the source is quoted as in a mail, behind >; it was unquoted")
      octets = text
    }
    let format = from ?? (DialogueImporter.isDialogue(octets) ? nil : DialogueImporter.detect(octets))
    guard let format else {
      if DialogueImporter.isForeign(octets) { throw unknownForm(octets) }
      return try ScriptFile.read(file, octets).dialogue.withoutLiteralLogins
    }
    let found = DialogueImporter.read(octets, as: format, session: session)
    for note in found.notes { Output.diagnostic("parley: note: \(note)") }
    guard !found.isEmpty else {
      throw Output.failure(.convertNothing, "\(file) holds no SMTP session in the form of \(format.title)")
    }
    return found.dialogue
  }
}

extension ConvertCommand {
  /// The failure of a file that is in none of the known forms; nothing of it is quoted, for it may hold a login.
  private func unknownForm(_ octets: [UInt8]) -> any Error {
    let known = ImportFormat.allCases.map { "\($0.rawValue) (\($0.title))" }.joined(separator: ", ")
    let seen = octets.starts(with: [0x1F, 0x8B]) ? "it is compressed by gzip" : "its form is not recognised"
    return Output.failure(.convertUnknownForm, "\(file): \(seen); known are a dialogue file, \(known)")
  }
}

/// What a dialogue can be written as.
enum ConvertForm: ExpressibleByArgument {
  case dialogue, serverBytes, clientBytes
  case export(ExportFormat)

  init?(argument: String) {
    switch argument {
    case "dialogue", "smtp": self = .dialogue
    case "server-bytes": self = .serverBytes
    case "client-bytes": self = .clientBytes
    default:
      guard let format = ExportFormat(rawValue: argument) else { return nil }
      self = .export(format)
    }
  }

  /// The names for a help text.
  static var list: String {
    (["dialogue", "server-bytes", "client-bytes"] + ExportFormat.allCases.map(\.rawValue)).joined(separator: ", ")
  }

  var defaultValueDescription: String { "dialogue" }
}

extension ImportFormat: ExpressibleByArgument {}
