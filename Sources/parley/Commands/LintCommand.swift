import ArgumentParser
import Dialogue
import Failures
import Sessions

/// `parley lint`: mistakes in dialogue files, found without a connection.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", _superCommandName: "parley", abstract: "Finds mistakes in dialogue files without a connection."
  )

  @Argument(help: "Dialogue files.") var files: [String]
  @Option(
    name: .customShort("D"), parsing: .singleValue,
    help: ArgumentHelp("A variable that will be given.", valueName: "name[=value]"))
  var define: [String] = []
  @Option(help: ArgumentHelp("Let the files name others below a folder.", valueName: "folder"))
  var allowFiles: [String] = []
  @Flag(help: "Take warnings for errors.") var strict = false

  func run() throws {
    let known = Set(define.map { String($0.prefix { $0 != "=" }) })
    var isFaulty = false
    for file in files {
      let reading = DialogueReader.read(try InputFile.read(file))
      let named = ScriptFiles(script: file, allowing: allowFiles)
      let found = DialogueLinter.lint(
        reading, include: ScriptFile.inclusion(named), messages: ScriptFile.messageCheck(named), known: known)
      for diagnostic in found { Output.line(diagnostic.rendered(file: file)) }
      isFaulty = isFaulty || found.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    }
    if isFaulty { throw ExitStatus.unmet.exitCode }
  }
}
