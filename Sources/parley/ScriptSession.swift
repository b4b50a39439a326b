import ArgumentParser
import Diagnosis
import Dialogue
import Failures
import Glibc
import SASL
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions
import TLSEngine

/// Plays one dialogue file for `run` and `replay` and tells how it went.
struct ScriptSession {
  let file: String
  let target: String?
  let level: MatchLevel
  let arguments: ScriptArguments
  /// Whether lines go out at their recorded times.
  var keepsPace = false
  /// Whether a success is told by somebody else.
  var isQuiet = false

  /// Plays the file, against the reference MTA that runs where there is no other target; the status is the one to end
  /// with.
  func play(_ reference: inout ReferenceServer?) async throws -> (result: ScriptResult, status: ExitCode) {
    let script = try ScriptFile.script(file, allowing: arguments.allowFiles)
    let profile = try arguments.login.namedProfile()
    let destination = try await Destination.open(
      target ?? profile?.target ?? script.target, reference: &reference)
    let options = try options(script, destination, profile, isTargetNamed: (target ?? profile?.target) != nil)
    let form: EventPrinter.Form = arguments.connection.json ? .json : arguments.verbose ? .dialogue : .none
    let output = try SessionOutput(target: destination.target, options: arguments.connection, form: form)
    let start = ContinuousClock.now
    var conversation = arguments.connection.conversationOptions(authority: destination.authority)
    conversation.onUnfinishedLine = output.unfinishedSink
    let runner = ScriptRunner(
      script: script, target: destination.target, options: options, conversation: conversation, sink: output.sink)
    let outcome = await runner.run()
    let result = result(outcome, destination.target, ContinuousClock.now - start)
    tell(result)
    try output.finishRecording()
    return (result, Self.status(outcome))
  }

  private func result(_ outcome: ScriptOutcome, _ target: Target, _ time: Duration) -> ScriptResult {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    switch outcome {
    case .passed: return ScriptResult(file: file, outcome: .passed, seconds: seconds)
    case .failed(let failure, let cause):
      let got = failure.got.isEmpty ? cause?.lines ?? [] : failure.got
      var result = ScriptResult(
        file: failure.file ?? file, outcome: cause == nil ? .failed : .error, seconds: seconds, line: failure.number,
        expected: failure.expected, got: got.prefix(12).map { OctetText.readable($0.octets.prefix(300)) },
        sentence: failure.sentence, name: cause?.name ?? .scriptUnmet)
      let explanation = explanation(failure, cause, target)
      (result.cause, result.next) = (explanation?.cause, explanation?.next ?? [])
      return result
    }
  }

  private static func status(_ outcome: ScriptOutcome) -> ExitCode {
    guard case .failed(_, let cause) = outcome else { return .success }
    return (cause.map { FailureExplainer.exitStatus(for: $0) } ?? .unmet).exitCode
  }

  /// The message for `> message` where no file is named.
  private func testMessage() -> MessageSource {
    let name = arguments.connection.greetingName
    let composer = MessageComposer(
      sender: "postmaster@" + name, recipients: ["undisclosed-recipients:;"], date: CalendarTime.now.messageDate,
      token: randomBytes(8).map { String($0, radix: 16) }.joined(), hostName: name)
    return .octets(composer.compose())
  }

  private func options(
    _ script: DialogueScript, _ destination: Destination, _ profile: Profile?, isTargetNamed: Bool
  ) throws -> ScriptOptions {
    let dialogue = script.dialogue
    var options = ScriptOptions(greetingName: arguments.connection.greetingName)
    options.level = level
    options.path = file
    options.allowedFolders = arguments.allowFiles
    options.variables = arguments.variables
    options.allowsPlaintextAuth = arguments.allowPlaintextAuth
    options.message = try arguments.message.map(InputFile.message) ?? testMessage()
    if keepsPace { options.times = dialogue.sendTimes }
    let environment = { (name: String) in getenv("PARLEY_VAR_" + name).map { String(cString: $0) } }
    for variable in script.variables where options.variables[variable.name] == nil {
      options.variables[variable.name] = environment(variable.name) ?? profile?.variables[variable.name]
    }
    if script.needsCredentials(given: options.variables) {
      var login = arguments.login
      login.authUser = login.authUser ?? (destination.credentials == nil ? dialogue.authenticatedUser : nil)
      let found = try login.asked(host: destination.target.host)
      options.credentials = found?.credentials ?? destination.credentials
      // Nobody stands on the way to the bundled server.
      if destination.credentials != nil { options.allowsPlaintextAuth = true }
      if let found, !found.isForHost, destination.credentials == nil, !isTargetNamed {
        throw unnamedTarget(destination, "the password of \(found.credentials.user) from \(found.source)")
      }
    }
    if destination.credentials == nil, !isTargetNamed,
      let secret = script.variables.first(where: {
        DialogueVariable.isSecret($0.name) && options.variables[$0.name] != nil
      })
    {
      throw unnamedTarget(destination, "the value of ${\(secret.name)}")
    }
    if let missing = script.variables.first(where: { options.value(of: $0.name) == nil }) {
      throw Output.failure(
        .scriptVariable,
        "\(file):\(missing.line): nothing is known of ${\(missing.name)}: "
          + "give -D \(missing.name)=VALUE" + (missing.name.hasPrefix("auth.") ? ", or --auth-user" : ""))
    }
    return options
  }

  /// The failure of a script that would send a secret to a target of its own choice.
  private func unnamedTarget(_ destination: Destination, _ secret: String) -> any Error {
    let target = destination.target
    return Output.failure(
      .authTargetUnnamed,
      "\(file): the script itself chose the target \(target.host), which does not get \(secret): "
        + "name the target on the command line, or store the password for this host in a profile or in ~/.netrc")
  }

  /// Tells how it went: a failure on standard error, the result on standard output.
  private func tell(_ result: ScriptResult) {
    if result.outcome != .passed { Output.diagnostic(Self.lines(result).joined(separator: "\n")) }
    if arguments.connection.json {
      Output.write(ResultJSON.script(result))
    } else if result.outcome == .passed, !isQuiet {
      Output.line("ok \(TerminalText.word(file)) (\(ScriptResult.decimal(result.seconds)) s)")
    }
  }

  private static func lines(_ result: ScriptResult) -> [String] {
    let place = "\(TerminalText.word(result.file)):\(result.line ?? 0)"
    var lines = ["parley: error [\(result.name ?? .scriptUnmet)]: \(place): \(result.sentence)"]
    lines += result.expected.map { "  expected: \($0)" }
    lines += result.got.isEmpty ? ["  got:      no reply"] : result.got.map { "  got:      S: \($0)" }
    if let cause = result.cause { lines.append("  cause: \(cause)") }
    return lines + result.next.map { "  next:  \($0)" }
  }

  private func explanation(_ failure: PlayerFailure, _ cause: SessionFailure?, _ target: Target) -> Explanation? {
    if let cause { return FailureExplainer.explain(cause, target: target) }
    guard let last = failure.got.last, let code = ReplyCode(octets: last.octets.prefix(3)), code.isFailure else {
      return nil
    }
    return FailureExplainer.explain(
      .refused(Reply(code: code, lines: failure.got), at: .command(.other)), target: target)
  }
}

extension DialogueScript {
  /// Whether a variable that only credentials can fill is left.
  func needsCredentials(given: [String: String]) -> Bool {
    dialogue.lines.contains { $0.kind == .step && $0.text.starts(with: Array("auth".utf8)) }
      || variables.contains {
        ($0.name.hasPrefix("auth.") || $0.name == "user" || $0.name == "password") && given[$0.name] == nil
      }
  }
}

extension Dialogue {
  /// When each of the client's lines was sent, by its number from 1.
  var sendTimes: [Int: Duration] {
    var times: [Int: Duration] = [:]
    for (index, line) in lines.enumerated() where line.kind == .client { times[index + 1] = line.time }
    return times
  }

  /// Who was logged in when this was recorded.
  var authenticatedUser: String? {
    for event in events {
      if case .event(.authenticated(_, let user)) = event.event { return user }
    }
    return nil
  }
}
