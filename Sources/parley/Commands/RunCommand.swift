import ArgumentParser
import Dialogue
import Failures
import SMTPClient
import SMTPSession
import SMTPWire

/// `parley run`: plays dialogue files without a terminal.
struct RunCommand: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: "parley",
    abstract: "Plays dialogue files and checks what the server answers.",
    discussion:
      "The last argument is the target where it is no file. Without one, the file's own target, else the bundled reference MTA, one for all files."
  )

  @Argument(help: ArgumentHelp("Dialogue files, and at last the target.", valueName: "script… [target]"))
  var arguments: [String] = []

  @Flag(help: "List the playbooks, each with what it asks a server; their names can stand for files.")
  var list = false

  @Option(help: "How closely replies are compared: code, text or exact.")
  var match: MatchLevel = .code

  @Option(help: ArgumentHelp("Write the results as JUnit's XML.", valueName: "file"))
  var junit: String?

  @Flag(help: "Print the results as TAP.")
  var tap = false

  @OptionGroup var script: ScriptArguments

  func perform() async throws {
    if list {
      for entry in PlaybookShelf.entries() { Output.line("\(entry.name)  \(entry.summary)") }
      return
    }
    guard !arguments.isEmpty else { throw ValidationError("expected a dialogue file; --list shows the playbooks") }
    var files = arguments.map(PlaybookShelf.path)
    var target: String?
    if files.count > 1, let last = files.last, !InputFile.exists(last) {
      target = last
      files.removeLast()
    }
    if script.connection.record != nil, files.count > 1 { throw ValidationError("--record: one script at a time") }
    var results: [ScriptResult] = []
    var status = ExitStatus.done.exitCode
    // Files meet one server, as they do with a target.
    var reference: ReferenceServer?
    defer { reference?.stop() }
    for file in files {
      var session = ScriptSession(file: file, target: target, level: match, arguments: script)
      session.isQuiet = tap
      let (result, ended) = try await Self.play(session, &reference)
      results.append(result)
      if status == .success { status = ended }
    }
    if tap { Output.write(TAPReport.render(results)) }
    if let junit { try OutputFile.write(JUnitReport.render(results), to: junit) }
    if status != .success { throw status }
  }
}

extension RunCommand {
  /// Plays a file; one that cannot be played has been told of, and does not keep the others from being played.
  private static func play(
    _ session: ScriptSession, _ reference: inout ReferenceServer?
  ) async throws -> (ScriptResult, ExitCode) {
    do {
      return try await session.play(&reference)
    } catch let status as ExitCode {
      let words = "The file could not be played; standard error has the reason."
      return (ScriptResult(file: session.file, outcome: .error, seconds: 0, sentence: words), status)
    }
  }
}

extension MatchLevel: ExpressibleByArgument {}

/// The options that every command which plays a dialogue has.
struct ScriptArguments: ParsableArguments, Sendable {
  @Option(
    name: .customShort("D"), parsing: .singleValue,
    help: ArgumentHelp("Give a variable its value.", valueName: "name=value"))
  var define: [String] = []

  @Flag(name: .shortAndLong, help: "Show the session.")
  var verbose = false

  @Option(help: ArgumentHelp("The message for the step `> message`.", valueName: "file"))
  var message: String?

  @Option(help: ArgumentHelp("Let a script read the files below another folder than its own.", valueName: "folder"))
  var allowFiles: [String] = []

  @Flag(help: "Let a script send a password, or what is made of one, over a connection without TLS.")
  var allowPlaintextAuth = false

  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Login") var login: CredentialOptions

  func validate() throws {
    for definition in define where definition.firstIndex(of: "=") ?? definition.startIndex == definition.startIndex {
      throw ValidationError("-D \(definition): expected name=value")
    }
  }

  /// The variables that were defined; the last definition of a name counts.
  var variables: [String: String] {
    var values: [String: String] = [:]
    for definition in define {
      guard let sign = definition.firstIndex(of: "=") else { continue }
      values[String(definition[..<sign])] = String(definition[definition.index(after: sign)...])
    }
    return values
  }
}
