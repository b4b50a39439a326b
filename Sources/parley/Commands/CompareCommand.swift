import ArgumentParser
import Dialogue
import Failures

/// `parley compare`: what differs between two dialogues, in words.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", _superCommandName: "parley", abstract: "Says what differs between two dialogues.",
    discussion:
      "With one file: what the server offered before STARTTLS against what it offered after. Exit 1 when they differ.")

  @Argument(help: ArgumentHelp("Two dialogue files, or one that has STARTTLS in it.", valueName: "a [b]")) var files:
    [String]
  @Option(help: "How closely replies are compared: code, text or exact.") var match: MatchLevel = .code
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (1...2).contains(files.count) else { throw ValidationError("expected one or two files") }
  }

  func run() throws {
    let dialogues = try files.map { try ScriptFile.read($0).dialogue }
    let result =
      try dialogues.count == 2
      ? DialogueComparison.compare(dialogues[0], dialogues[1], level: match) : withinOne(dialogues[0])
    if json {
      var text: [UInt8] = []
      result.json(into: &text)
      Output.write(text)
    } else {
      for line in result.lines() { Output.line(line) }
    }
    if !result.areAlike { throw ExitStatus.unmet.exitCode }
  }

  private func withinOne(_ dialogue: Dialogue) throws -> DialogueComparisonResult {
    guard let result = DialogueComparison.beforeAndAfterTLS(dialogue, level: match) else {
      throw Output.failure(.compareNoSTARTTLS, "\(files[0]) has no STARTTLS: give a second file to compare with")
    }
    return result
  }
}
