import ArgumentParser
import Dialogue
import SMTPWire

/// `parley convert`: a dialogue file in another form.
struct ConvertCommand: ParsableCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case serverBytes = "server-bytes"
    case clientBytes = "client-bytes"
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Writes a dialogue file in another form.",
    discussion: "server-bytes and client-bytes are exactly what that side sent; a secret stays its variable's name.")

  @Argument(help: "A dialogue file; - is standard input.") var file: String
  @Option(help: "server-bytes, client-bytes or json.") var to: Form

  func run() throws {
    let dialogue = try ScriptFile.read(file).dialogue
    switch to {
    case .serverBytes: Output.write(DialogueBytes.sent(by: .server, in: dialogue))
    case .clientBytes: Output.write(DialogueBytes.sent(by: .client, in: dialogue))
    case .json:
      var text: [UInt8] = []
      for event in dialogue.events { DialogueJSON.encode(event, into: &text) }
      Output.write(text)
    }
  }
}
