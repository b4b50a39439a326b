import ArgumentParser
import Client
import Diagnosis
import Dialogue
import Glibc
import SMTPSession
import SMTPWire

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

  /// Plays the file; the status is the one to end with.
  func play() async throws -> (result: ScriptResult, status: ExitCode) {
    let script = try ScriptFile.script(file)
    let profile = try arguments.login.namedProfile()
    let destination = try await Destination.open(target ?? profile?.target ?? script.target)
    defer { destination.close() }
    let options = try options(script, destination, profile)
    let form: EventPrinter.Form = arguments.connection.json ? .json : arguments.verbose ? .dialogue : .none
    let output = try SessionOutput(target: destination.target, options: arguments.connection, form: form)
    let start = ContinuousClock.now
    let runner = ScriptRunner(
      script: script, target: destination.target, options: options,
      conversation: arguments.connection.conversationOptions(authority: destination.authority), sink: output.sink)
    let outcome = await runner.run()
    let time = ContinuousClock.now - start
    let status = report(outcome, destination.target, time)
    try output.finishRecording()
    return (result(outcome, time), status)
  }

  private func result(_ outcome: ScriptOutcome, _ time: Duration) -> ScriptResult {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    switch outcome {
    case .passed: return ScriptResult(file: file, outcome: .passed, seconds: seconds)
    case .failed(let failure, let cause):
      return ScriptResult(
        file: failure.file ?? file, outcome: cause == nil ? .failed : .error, seconds: seconds, line: failure.number,
        expected: failure.expected, got: failure.got.map { OctetText.readable($0.octets) }, sentence: failure.sentence,
        name: cause?.name)
    }
  }

  private func options(
    _ script: DialogueScript, _ destination: Destination, _ profile: Profile?
  ) throws -> ScriptOptions {
    let dialogue = script.dialogue
    var options = ScriptOptions(greetingName: arguments.connection.greetingName)
    options.level = level
    options.path = file
    options.variables = arguments.variables
    options.allowsPlaintextAuth = arguments.allowPlaintextAuth
    if let path = arguments.message { options.message = try InputFile.message(path) }
    if keepsPace { options.times = dialogue.sendTimes }
    let environment = { (name: String) in getenv("PARLEY_VAR_" + name).map { String(cString: $0) } }
    for variable in script.variables where options.variables[variable.name] == nil {
      options.variables[variable.name] = environment(variable.name) ?? profile?.variables[variable.name]
    }
    if script.needsCredentials(given: options.variables) {
      var login = arguments.login
      login.authUser = login.authUser ?? (destination.credentials == nil ? dialogue.authenticatedUser : nil)
      options.credentials = try login.credentials(host: destination.target.host) ?? destination.credentials
    }
    if let missing = script.variables.first(where: { options.value(of: $0.name) == nil }) {
      Output.diagnostic(
        "parley: error [script.variable]: \(file):\(missing.line): nothing is known of ${\(missing.name)}: "
          + "give -D \(missing.name)=VALUE" + (missing.name.hasPrefix("auth.") ? ", or --auth-user" : ""))
      throw ExitStatus.usage.exitCode
    }
    return options
  }

  private func report(_ outcome: ScriptOutcome, _ target: Target, _ time: Duration) -> ExitCode {
    switch outcome {
    case .passed:
      if arguments.connection.json {
        Output.write(ResultJSON.object(result: "passed", script: file))
      } else if !isQuiet {
        Output.line("ok \(file) (\(time.seconds) s)")
      }
      return .success
    case .failed(let failure, let cause):
      return report(failure, cause, target)
    }
  }

  private func report(_ failure: PlayerFailure, _ cause: SessionFailure?, _ target: Target) -> ExitCode {
    var lines = [
      "parley: error [\(cause?.name ?? "script.unmet")]: \(failure.file ?? file):\(failure.number): \(failure.sentence)"
    ]
    lines += failure.expected.map { "  expected: \($0)" }
    let got = failure.got.isEmpty ? cause?.lines ?? [] : failure.got
    lines += got.prefix(12).map { "  got:      S: \(OctetText.readable($0.octets.prefix(300)))" }
    if got.isEmpty { lines.append("  got:      no reply") }
    if let explanation = explanation(failure, cause, target) {
      lines.append("  cause: \(explanation.cause)")
      lines += explanation.next.map { "  next:  \($0)" }
    }
    Output.diagnostic(lines.joined(separator: "\n"))
    if arguments.connection.json {
      let result = cause == nil ? "failed" : "error"
      Output.write(
        ResultJSON.object(
          result: result, name: cause?.name ?? "script.unmet", message: failure.sentence, script: file,
          line: failure.number))
    }
    return cause.map { ExitCode(FailureExplainer.exitStatus(for: $0)) } ?? ExitStatus.unmet.exitCode
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

extension Duration {
  /// Seconds with three digits behind the point.
  var seconds: String {
    let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
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
      guard case .event("authenticated", let details) = event.event else { continue }
      return details.split(separator: UInt8(ascii: " "), maxSplits: 1).last.map { String(decoding: $0, as: UTF8.self) }
    }
    return nil
  }
}
